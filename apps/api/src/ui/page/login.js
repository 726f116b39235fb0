const [alert, signedIn, who, choices, form] = ['alert', 'signed-in', 'who', 'choices', 'key-form'].map((id) =>
  document.getElementById(id),
);
const returnPath = document.body.dataset.returnPath;

const send = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Problems have `detail`; other errors, `detailedMessage`. */
const sentenceOf = async (response) => {
  const problem = await response.json().catch(() => ({}));
  return problem.detail ?? problem.detailedMessage ?? `Tandem responded with status ${response.status}.`;
};

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  alert.textContent = '';
  const input = document.getElementById('key');
  try {
    const response = await send('session', { apiKey: input.value.trim() });
    if (response.ok) return void location.assign(returnPath);
    alert.textContent = await sentenceOf(response);
  } catch {
    alert.textContent = 'Tandem cannot be reached.';
  }
  input.select();
});

document.getElementById('sign-out').addEventListener('click', async () => {
  const response = await send('logout', {});
  if (!response.ok) alert.textContent = await sentenceOf(response);
  const { continueAt } = response.ok ? await response.json() : {};
  if (response.ok) location.assign(continueAt ?? 'login');
});

const showCaller = async () => {
  const response = await fetch('../api/v1/caller');
  if (!response.ok) return;
  const { actor, role } = await response.json();
  if (actor.kind === 'anonymous') return;
  who.textContent = `${actor.name}, ${role}`;
  signedIn.hidden = false;
  choices.hidden = true;
};

showCaller().catch(() => undefined);
