//! Until when a certificate is signed and reported.

use jiff::{Span, civil::Date};
use yiwang_casework::Context;
use yiwang_civic::{calendar::Due, params::ParamError};

use crate::domain::death::CauseClass;

/// The limits of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Last day of signing a clear, natural death, holidays or not: hospitals never close;
    /// none for others, and under DC13.
    pub sign: Option<Date>,
    /// Last day of reporting the paper.
    pub report_paper: Due,
    /// Last day of exchanging the electronic certificate; none before there was one.
    pub exchange_electronic: Option<Due>,
    /// Paper and electronic certificate are signed together.
    pub both_forms: bool,
}

impl Limits {
    /// The limits by the rules of the day of signing.
    ///
    /// # Errors
    /// A parameter is missing or of the wrong type.
    pub fn load(
        cx: &Context<'_>,
        died_on: Date,
        signed_on: Date,
        cause: CauseClass,
    ) -> Result<Self, ParamError> {
        let count = |id: &str| cx.rule_on(id, signed_on)?.count();
        let sign = match count("burial.death.sign_days")? {
            0 => None,
            _ if cause != CauseClass::Natural => None,
            days => Some(died_on.saturating_add(Span::new().days(days))),
        };
        let exchange = match count("burial.death.exchange_days")? {
            0 => None,
            days => Some(cx.calendar.add_working_days(signed_on, days)),
        };
        Ok(Self {
            sign,
            report_paper: cx
                .calendar
                .add_working_days(signed_on, count("burial.death.report_days")?),
            exchange_electronic: exchange,
            both_forms: cx.rule_on("burial.death.both_forms", signed_on)?.flag()?,
        })
    }
}
