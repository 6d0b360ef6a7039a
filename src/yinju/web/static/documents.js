// The view documents.
export function show() {}
