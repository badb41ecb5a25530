declare module '*.mdx' {
  import type { ComponentType } from 'react';

  /** A page of the documentation, compiled. */
  const Content: ComponentType;
  export default Content;
}
