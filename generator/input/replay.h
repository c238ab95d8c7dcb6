/*
 * Brings what a walk noted in the order of `git log`.
 */
#ifndef DRAAIBOEK_REPLAY_H
#define DRAAIBOEK_REPLAY_H

struct walk;

/* Sorts the events of every trail. What was noted of it besides the changes goes. */
void replay(struct walk *walk);

#endif
