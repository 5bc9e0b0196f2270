//! Files of children, visits, entrusted care, directors and stations (rules B2.4 to B2.6).
