/*
 * A plan of contact moments: the reader says when it starts, and what works out the days is fetched then.
 * The words stand in partials/hulp.mustache.
 */
for (const form of document.querySelectorAll('[data-momenten]')) {
  const status = form.querySelector('[role="status"]');
  form.classList.add('met-script');
  form.firstElementChild.disabled = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    import('./momenten-plan.js')
      .then(({ answer }) => answer(form))
      .catch((error) => {
        console.error(error);
        status.textContent = status.dataset.luktNiet;
      });
  });
}
