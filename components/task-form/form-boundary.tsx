'use client';

import { Component, type ReactNode } from 'react';

/** Shows another way to answer where a form cannot be rendered; the page goes on. */
export class FormBoundary extends Component<
  { instead: () => ReactNode; children: ReactNode },
  { failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.instead() : this.props.children;
  }
}
