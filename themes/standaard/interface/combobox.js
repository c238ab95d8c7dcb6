/*
 * A text field with a list of links under it: the pattern "Editable Combobox With List Autocomplete" of
 * the ARIA Authoring Practices. The focus stays in the field; what the list holds is for others to say.
 */

/* What a combobox says of itself; also of one that is still to be made. */
export function announce(input, list) {
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
}

/*
 * Makes one of `input` and `list`, an element with the role of a listbox and an id, which stand in one
 * form. `ask(text, signal)` resolves to elements for the list, in which what can be chosen is an a with
 * the role of an option; its answer is dropped once the signal is aborted. `status` is where the number
 * of options is said, in the words of its data-geen, data-een and data-meer.
 */
export function makeCombobox({ input, list, status, ask }) {
  let options = [];
  let active = -1;
  let listed; /* the text that the list is for */
  let asking = new AbortController();

  const isOpen = () => !list.hidden;

  function say(count) {
    const words = status.dataset[count === 0 ? 'geen' : count === 1 ? 'een' : 'meer'];
    status.textContent = words.replace('{aantal}', count);
  }

  function point(number) {
    options[active]?.setAttribute('aria-selected', 'false');
    active = number;
    const option = options[active];
    if (option === undefined) {
      input.removeAttribute('aria-activedescendant');
    } else {
      option.setAttribute('aria-selected', 'true');
      option.scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', option.id);
    }
  }

  function show(isShown) {
    list.hidden = !isShown;
    input.setAttribute('aria-expanded', isShown);
    point(-1);
  }

  function close() {
    asking.abort();
    list.setAttribute('aria-busy', 'false');
    show(false);
    status.textContent = '';
  }

  function fill(text, elements) {
    list.replaceChildren(...elements);
    options = [...list.querySelectorAll('[role="option"]')];
    options.forEach((option, number) => {
      option.id = `${list.id}-${number}`;
      option.tabIndex = -1;
      option.setAttribute('aria-selected', 'false');
    });
    listed = text;
  }

  async function refresh() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const text = input.value.trim();
    if (text === '') {
      fill(text, []);
      close();
      return;
    }
    point(-1);
    list.setAttribute('aria-busy', 'true');
    const elements = await ask(text, signal);
    if (!signal.aborted) {
      const { href } = options[active] ?? {}; /* that was pointed at while the answer was awaited */
      fill(text, elements);
      list.setAttribute('aria-busy', 'false');
      show(options.length > 0);
      point(options.findIndex((option) => option.href === href));
      say(options.length);
    }
  }

  /* Opens the list that was closed, or that is of an older text; then points at an option. */
  async function reopen(place) {
    const text = input.value.trim();
    if (text === listed && options.length > 0) {
      show(true);
      say(options.length);
    } else {
      await refresh();
    }
    if (isOpen()) {
      point(place < 0 ? options.length + place : place);
    }
  }

  function clear() {
    if (input.value !== '') {
      input.value = '';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  /* What a key does; false when it does what it always does in a text field. */
  function press({ key, altKey }) {
    const { length } = options;
    if (key === 'ArrowDown') {
      isOpen() ? altKey || point((active + 1) % length) : reopen(altKey ? options.length : 0);
    } else if (key === 'ArrowUp' && altKey) {
      close();
    } else if (key === 'ArrowUp') {
      isOpen() ? point(active > 0 ? active - 1 : length - 1) : reopen(-1);
    } else if (key === 'Escape') {
      isOpen() ? close() : clear();
    } else if (key === 'Enter' && isOpen() && active >= 0) {
      options[active].click();
    } else {
      if (key === 'Tab') {
        close();
      } else if (/^(Home|End|ArrowLeft|ArrowRight)$/.test(key)) {
        point(-1);
      }
      return false;
    }
    return true;
  }

  announce(input, list);
  input.addEventListener('input', refresh);
  input.addEventListener('keydown', (event) => {
    if (!event.isComposing && !event.ctrlKey && !event.metaKey && press(event)) {
      event.preventDefault();
    }
  });
  /* A click must not take the focus from the field. */
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', close);
  input.form.addEventListener('submit', close);
  input.form.addEventListener('focusout', ({ relatedTarget }) => {
    if (!input.form.contains(relatedTarget)) {
      close();
    }
  });
  /* Not every browser takes the focus away when something else is tapped. */
  document.addEventListener('pointerdown', ({ target }) => {
    if (isOpen() && !input.form.contains(target)) {
      close();
    }
  });
}
