//! Amounts in fen 分, and exact ratios. No floating point: an amount must be right to the fen.

use std::{fmt, iter, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::text;

/// An amount in fen, a hundredth of a yuan; may be negative. On the wire an integer.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not of the form `300`, `300.5` or `300.50`.
    #[error("an amount is written in yuan like 300.50")]
    Format,
    /// More than two decimals.
    #[error("an amount has at most two decimals")]
    Decimals,
    /// Too large to count in fen.
    #[error("the amount is too large")]
    Overflow,
}

impl MoneyError {
    /// What to tell the person, in Chinese.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Format => "金额请用数字填写，例如 300 或 300.50",
            Self::Decimals => "金额最多保留两位小数",
            Self::Overflow => "金额过大，请核对",
        }
    }
}

/// What to do with the part below a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Half away from zero 四舍五入.
    HalfUp,
    /// Away from zero 进一.
    Up,
    /// Toward zero 舍去.
    Down,
}

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whole yuan; `None` on overflow.
    pub fn from_yuan(yuan: i64) -> Option<Self> {
        yuan.checked_mul(100).map(Self)
    }

    /// Reads yuan as people write them: `300`, `300.5`, `-3.05`, `4,560.00`, full-width digits.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn from_yuan_str(input: &str) -> Result<Self, MoneyError> {
        let text = text::to_half_width(input);
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let whole = ungroup(whole).ok_or(MoneyError::Format)?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(&whole) || !digits(decimals) {
            return Err(MoneyError::Format);
        }
        if decimals.len() > 2 {
            return Err(MoneyError::Decimals);
        }
        let fen: i64 = format!("{whole}{decimals:0<2}")
            .parse()
            .map_err(|_| MoneyError::Overflow)?;
        Ok(Self(if negative { -fen } else { fen }))
    }

    /// `840.00`, without a sign of currency.
    pub fn yuan(self) -> String {
        self.to_string()
    }

    /// Sum, `None` on overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference, `None` on overflow.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Product with a count, `None` on overflow.
    pub fn checked_mul(self, count: i64) -> Option<Self> {
        self.0.checked_mul(count).map(Self)
    }

    /// Sum of many, `None` on overflow. The sum of none is zero.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// A share of `n`, half a fen away from zero; `None` when `n` is not positive.
    pub fn div_round(self, n: i64) -> Option<Self> {
        self.times(Ratio::new(1, n)?)
    }

    /// Product with a ratio, half a fen away from zero; `None` on overflow.
    pub fn times(self, ratio: Ratio) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(ratio.num);
        divide(product, i128::from(ratio.den), Rounding::HalfUp).map(Self)
    }

    /// To a multiple of `unit`, such as `Fen(100)` for whole yuan; `None` when `unit` is not positive.
    pub fn round_to(self, unit: Self, rounding: Rounding) -> Option<Self> {
        if unit.0 <= 0 {
            return None;
        }
        divide(i128::from(self.0), i128::from(unit.0), rounding)?
            .checked_mul(unit.0)
            .map(Self)
    }

    /// Self when positive, otherwise nothing.
    #[must_use]
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        f.pad(&format!("{sign}{}.{:02}", fen / 100, fen % 100))
    }
}

/// Takes out the commas of `1,234,567`; `None` when they stand elsewhere.
fn ungroup(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    if !rest.is_empty() && (first.is_empty() || first.len() > 3) {
        return None;
    }
    rest.iter()
        .all(|group| group.len() == 3)
        .then(|| iter::once(first).chain(rest.iter().copied()).collect())
}

fn divide(value: i128, by: i128, rounding: Rounding) -> Option<i64> {
    let (whole, rest) = (value / by, (value % by).abs());
    let away = match rounding {
        Rounding::HalfUp => rest * 2 >= by,
        Rounding::Up => rest > 0,
        Rounding::Down => false,
    };
    let step = if away { value.signum() } else { 0 };
    i64::try_from(whole + step).ok()
}

/// An exact ratio in lowest terms: `1.5`, `1/6`, `30%`. On the wire a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: i64,
    den: i64,
}

/// A text is no ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a ratio is written like 1.5, 1/6 or 30%")]
pub struct RatioError;

impl Ratio {
    /// `num / den`; `None` when `den` is not positive.
    pub fn new(num: i64, den: i64) -> Option<Self> {
        if den <= 0 {
            return None;
        }
        let divisor = gcd(num.unsigned_abs(), den.unsigned_abs()).max(1);
        let divisor = i64::try_from(divisor).ok()?;
        Some(Self {
            num: num / divisor,
            den: den / divisor,
        })
    }

    /// Numerator and (positive) denominator in lowest terms.
    pub fn parts(self) -> (i64, i64) {
        (self.num, self.den)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let cross = |a: i64, b: i64| i128::from(a) * i128::from(b);
        cross(self.num, other.den).cmp(&cross(other.num, self.den))
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl FromStr for Ratio {
    type Err = RatioError;

    fn from_str(text: &str) -> Result<Self, RatioError> {
        if let Some((num, den)) = text.split_once('/') {
            let part = |part: &str| part.trim().parse::<i64>().map_err(|_| RatioError);
            return Self::new(part(num)?, part(den)?).ok_or(RatioError);
        }
        let (number, scale) = match text.strip_suffix('%') {
            Some(number) => (number, 100),
            None => (text, 1),
        };
        let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
        if number.ends_with('.') || !decimals.bytes().all(|b| b.is_ascii_digit()) {
            return Err(RatioError);
        }
        let places = u32::try_from(decimals.len()).map_err(|_| RatioError)?;
        let num = format!("{whole}{decimals}")
            .parse()
            .map_err(|_| RatioError)?;
        let den = 10_i64
            .checked_pow(places)
            .and_then(|den| den.checked_mul(scale));
        Self::new(num, den.ok_or(RatioError)?).ok_or(RatioError)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 {
            write!(f, "{}", self.num)
        } else {
            write!(f, "{}/{}", self.num, self.den)
        }
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ratio({self})")
    }
}

impl Serialize for Ratio {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests;
