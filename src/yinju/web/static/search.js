// The view search.
export function show() {}
