//! The law of adoption, pure (民法典第1093条至第1118条; 中国公民收养子女登记办法; 收养评估办法).
//!
//! | file | what |
//! |---|---|
//! | [`kind`] | S1 to S5, the ground on which a child may be adopted |
//! | [`adopter`] | who may adopt |
//! | [`child`] | who may be adopted |
//! | [`consents`] | who must agree |
//! | [`place`] | where it is registered |
//! | [`papers`] | what is shown |
//! | [`notice`] | sixty days for the birth parents of a found child |
//! | [`assessment`] | two assessors, a pass mark, reasons that exclude |
//! | [`limit`] | thirty days, not counting notice and assessment |
//! | [`ending`] | dissolution by agreement, revocation for fraud |

pub mod adopter;
pub mod assessment;
pub mod child;
pub mod consents;
pub mod ending;
pub mod kind;
pub mod limit;
pub mod notice;
pub mod papers;
pub mod place;

use jiff::civil::Date;

/// Whole years from `born` to `day`; the birthday counts (年满).
#[must_use]
pub fn full_years(born: Date, day: Date) -> u32 {
    let years = i32::from(day.year()) - i32::from(born.year());
    let before = (day.month(), day.day()) < (born.month(), born.day());
    u32::try_from(years - i32::from(before)).unwrap_or(0)
}
