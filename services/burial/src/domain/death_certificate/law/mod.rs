//! What the law says of death certificates (rules F01), each a pure function over dated
//! parameters: DC13 (国卫规划发〔2013〕57号) until 2026-06-30, DC26 (国卫规划发〔2026〕5号)
//! from 2026-07-01. A certificate is judged by the rule of the day it was signed on.

pub mod applicant;
pub mod clocks;
pub mod number;
pub mod parts;
pub mod signer;
