// A source on a page of its own: the print dialog opens at once.
addEventListener("load", () => print());
