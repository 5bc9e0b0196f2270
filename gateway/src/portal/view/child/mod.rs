//! Child protection: pages.
