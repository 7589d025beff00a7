// Decides dark or light before the first picture, so that nothing flashes; src/ui/theme.ts takes over when it has loaded.
{
  let theme = null;
  try {
    theme = JSON.parse(localStorage.getItem('segue.settings') ?? '{}').theme;
  } catch {}
  const light = theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
}
