//! Reports, the four-step case, guardianship by civil affairs, where a child is (rules B2.7 to B2.9).
