// The enquiry is with us: what was kept of it in this tab goes.
try {
  sessionStorage.removeItem("enquiry");
} catch {
  // Not allowed here: nothing was kept.
}
