//! 好差评 (rules D6): five levels, once for each finished matter; a bad one is looked into and
//! answered, and whoever does that does not learn who gave it.

mod matter;
mod service;
mod store;

pub(crate) use matter::matter;
pub(crate) use service::{Given, Ratings, looks_into};
pub(crate) use store::{Count, Rated};

/// How content somebody was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    VeryBad = 1,
    Bad = 2,
    Fair = 3,
    Good = 4,
    VeryGood = 5,
}

impl Level {
    /// All of them, the best first, as the national rules name them.
    pub(crate) const ALL: [Self; 5] = [
        Self::VeryGood,
        Self::Good,
        Self::Fair,
        Self::Bad,
        Self::VeryBad,
    ];

    /// As it is said.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::VeryGood => "非常满意",
            Self::Good => "满意",
            Self::Fair => "基本满意",
            Self::Bad => "不满意",
            Self::VeryBad => "非常不满意",
        }
    }

    /// As it is stored.
    pub(crate) fn number(self) -> i16 {
        self as i16
    }

    /// The one stored so.
    pub(crate) fn of(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.number() == number)
    }

    /// Whether somebody has to look into it.
    pub(crate) fn is_bad(self) -> bool {
        self <= Self::Bad
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_lowest_are_looked_into() {
        let bad: Vec<&str> = (Level::ALL.into_iter().filter(|one| one.is_bad()))
            .map(Level::label)
            .collect();
        assert_eq!(bad, ["不满意", "非常不满意"]);
        assert_eq!(Level::of(3), Some(Level::Fair));
        assert_eq!(Level::of(0), None);
    }
}
