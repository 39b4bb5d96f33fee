// Runs before the first paint, so that a stored theme never flashes (G-07). ui/data/theme.ts writes the value.
try {
  const theme = localStorage.getItem('refold.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // No storage: the system's theme.
}
