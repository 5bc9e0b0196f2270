//! 火化率 (rules B3.8): deaths by the day of death over the register of deaths, cremations joined
//! on the person, never on the count of certificates. Those whose customs are respected stand
//! outside the denominator of the cremation area.

use jiff::civil::Date;

use super::zone::{Announced, Zone, of};

/// Deaths that are alike, as known on the day of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Day of death, Beijing date.
    pub died_on: Date,
    /// Division of the place.
    pub place: String,
    /// By customs outside the denominator of the cremation area.
    pub exempt: bool,
    /// These persons were cremated by then.
    pub cremated: bool,
    /// So many.
    pub count: i64,
}

/// Sums of a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All deaths.
    pub deaths: i64,
    /// Of these, cremated.
    pub cremated: i64,
    /// Of all, exempt.
    pub exempt: i64,
    /// In cremation areas, without the exempt.
    pub area_deaths: i64,
    /// Of these, cremated.
    pub area_cremated: i64,
}

impl Count {
    /// Adds deaths.
    pub fn add(&mut self, deaths: &Group, zones: &[Announced]) {
        let n = deaths.count;
        let cremated = if deaths.cremated { n } else { 0 };
        self.deaths += n;
        self.cremated += cremated;
        if deaths.exempt {
            self.exempt += n;
            return;
        }
        // The zone of the day of death: later announcements change nothing here.
        if of(zones, &deaths.place, deaths.died_on) == Some(Zone::Cremation) {
            self.area_deaths += n;
            self.area_cremated += cremated;
        }
    }

    /// Adds another sum.
    pub fn plus(&mut self, other: &Self) {
        self.deaths += other.deaths;
        self.cremated += other.cremated;
        self.exempt += other.exempt;
        self.area_deaths += other.area_deaths;
        self.area_cremated += other.area_cremated;
    }

    /// The sums of all of these.
    pub fn of<'a>(deaths: impl IntoIterator<Item = &'a Group>, zones: &[Announced]) -> Self {
        let mut count = Self::default();
        deaths.into_iter().for_each(|group| count.add(group, zones));
        count
    }

    /// 总火化率 in ten-thousandths.
    #[must_use]
    pub fn rate(&self) -> i32 {
        share(self.cremated, self.deaths)
    }

    /// 火葬区火化率 in ten-thousandths.
    #[must_use]
    pub fn area_rate(&self) -> i32 {
        share(self.area_cremated, self.area_deaths)
    }
}

/// `part` of `whole` in ten-thousandths, rounded half up; nothing of nothing is 0.
#[must_use]
pub fn share(part: i64, whole: i64) -> i32 {
    if whole <= 0 || part <= 0 {
        return 0;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    i32::try_from((part * 20_000 + whole) / (whole * 2)).unwrap_or(i32::MAX)
}

/// Per cent in words: 5880 is 58.8%.
#[must_use]
pub fn percent(share: i32) -> String {
    match (share / 100, share % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}%", part / 10),
        (whole, part) => format!("{whole}.{part:02}%"),
    }
}
