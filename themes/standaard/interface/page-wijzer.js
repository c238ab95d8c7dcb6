/*
 * Says how many schemes are left after an answer, for who cannot see the list change. The style sheet
 * decides which ones: this only counts what it shows. Nothing is sent or kept.
 */
const form = document.querySelector('.wijzer');
const status = document.getElementById('wijzer-melding');
let timer;

function tell() {
  const { geen, een, meer } = status.dataset;
  const count = [...form.querySelectorAll('.regeling')].filter((item) => item.getClientRects().length).length;
  status.textContent = [geen, een][count] ?? meer.replace('{aantal}', count);
}

/* A little later, for arrow keys pass by answers, and a reset comes before its effect. */
function wait() {
  clearTimeout(timer);
  timer = setTimeout(tell, 400);
}

form.addEventListener('change', wait);
form.addEventListener('reset', wait);
