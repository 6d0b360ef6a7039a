// The view overview.
export function show() {}
