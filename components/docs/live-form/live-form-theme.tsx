import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  MantineProvider,
  mergeMantineTheme,
} from '@mantine/core';
import { type ReactNode, useInsertionEffect } from 'react';
import { theme } from '@/components/ui/theme/theme';

/**
 * Colours and type of the form. The page was built ahead, and its policy lets in no style that it does not know, so the
 * theme's variables come as a sheet that code makes.
 */
export function LiveFormTheme({ children }: { children: ReactNode }) {
  useInsertionEffect(() => {
    const sheet = new CSSStyleSheet();
    const variables = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
    sheet.replaceSync(convertCssVariables(variables, ':root'));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, []);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
