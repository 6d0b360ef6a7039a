// Who is logged out meanwhile is led to the page to log in by whatever is asked next, and from there back to where it was.

/** Leads to the page to log in. */
export function leave() {
  location.assign(`/login?${new URLSearchParams({ next: location.pathname + location.search })}`);
}

/** Hears of every answer to a request, Gradio's as well. */
export function listen() {
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const response = await ask(...asked);
    if (response.status === 401) leave();
    return response;
  };
}
