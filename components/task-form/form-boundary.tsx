'use client';

import { Component, type ReactNode } from 'react';

/** Where a form cannot be made, another way to answer stands in its place; the page goes on. */
export class FormBoundary extends Component<
  { instead: ReactNode; children: ReactNode },
  { failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}
