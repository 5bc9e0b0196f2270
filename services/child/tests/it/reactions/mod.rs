//! Events of other services.
