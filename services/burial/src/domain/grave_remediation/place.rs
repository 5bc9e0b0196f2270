//! A place on the map.

/// Millionths of a degree, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// East.
    pub longitude: i32,
    /// North.
    pub latitude: i32,
}

impl Place {
    /// Reads degrees with up to six decimals, within China.
    #[must_use]
    pub fn read(longitude: &str, latitude: &str) -> Option<Self> {
        let within = |degrees: i32, low: i32, high: i32| {
            (low * 1_000_000..=high * 1_000_000)
                .contains(&degrees)
                .then_some(degrees)
        };
        Some(Self {
            longitude: within(micro(longitude)?, 73, 136)?,
            latitude: within(micro(latitude)?, 3, 54)?,
        })
    }
}

/// `114.4821` is 114482100.
fn micro(text: &str) -> Option<i32> {
    let (whole, part) = text.trim().split_once('.')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // Less than four decimals is a village, not a grave.
    if !digits(whole) || !digits(part) || !(4..=6).contains(&part.len()) {
        return None;
    }
    let whole: i32 = whole.parse().ok().filter(|degrees| *degrees < 1_000)?;
    let part: i32 = format!("{part:0<6}").parse().ok()?;
    Some(whole * 1_000_000 + part)
}
