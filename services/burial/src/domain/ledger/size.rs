//! How large a place may be (rules B3.2): by region and day, from the parameters; and how many
//! urns an ecological place must take.

use yiwang_casework::Context;
use yiwang_civic::params::ParamError;

use super::SpotKind;

/// One place of a new area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Width in centimetres.
    pub width_cm: u32,
    /// Depth in centimetres.
    pub depth_cm: u32,
    /// How many may lie there.
    pub capacity: u16,
}

/// The limits in force for a kind; `None` where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest area in square centimetres.
    pub area_cm2: Option<u32>,
    /// Fewest urns on one square metre, of ecological places.
    pub urns_per_m2: Option<u32>,
}

/// What is wrong with a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// No size at all, or not one of a place.
    NoSize,
    /// Larger than allowed; the limit in square centimetres.
    TooLarge(u32),
    /// So many do not lie in a place of this kind.
    Capacity,
    /// Too few urns on this area; the fewest on one square metre.
    TooSparse(u32),
}

impl Wrong {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoSize => "SIZE_MISSING",
            Self::TooLarge(_) => "PLOT_TOO_LARGE",
            Self::Capacity => "CAPACITY_OF_KIND",
            Self::TooSparse(_) => "TOO_SPARSE",
        }
    }

    /// For the officer.
    #[must_use]
    pub fn message(self, kind: SpotKind) -> String {
        let label = kind.label();
        match self {
            Self::NoSize => "请填写位置的宽和深，单位是厘米，10到1000之间。".to_owned(),
            Self::TooLarge(most) => format!(
                "{label}每个占地不能超过{}平方米，请改小尺寸。",
                metres(most)
            ),
            Self::Capacity => {
                let range = kind.capacities();
                match (*range.start(), *range.end()) {
                    (from, to) if from == to => format!("{label}每个安放{from}位，请核对。"),
                    (from, to) => format!("{label}每个安放{from}到{to}位，请核对。"),
                }
            }
            Self::TooSparse(fewest) => {
                format!("{label}每平方米至少安放{fewest}位，请减小尺寸或者增加安放数。")
            }
        }
    }
}

/// Square metres in words, without trailing zeros.
fn metres(cm2: u32) -> String {
    let text = format!("{}.{:04}", cm2 / 10_000, cm2 % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Limits {
    /// Reads those in force where and when the context says.
    ///
    /// # Errors
    /// A parameter is missing.
    pub fn load(kind: SpotKind, cx: &Context<'_>) -> Result<Self, ParamError> {
        let area = match kind {
            SpotKind::AshSingle => Some("burial.plot.max_cm2.ash_single"),
            SpotKind::AshJoint => Some("burial.plot.max_cm2.ash_joint"),
            SpotKind::BodySingle => Some("burial.plot.max_cm2.body_single"),
            SpotKind::BodyDouble => Some("burial.plot.max_cm2.body_double"),
            _ => None,
        };
        let on_the_ground = matches!(
            kind,
            SpotKind::Tree | SpotKind::Flower | SpotKind::Lawn | SpotKind::Wall
        );
        let count = |id: &str| cx.rule(id)?.count();
        Ok(Self {
            area_cm2: area.map(count).transpose()?,
            urns_per_m2: on_the_ground
                .then(|| count("burial.eco.urns_per_m2"))
                .transpose()?,
        })
    }

    /// Whether a place of this kind may be so large.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self, kind: SpotKind, size: Size) -> Result<(), Wrong> {
        let side = 10..=1000;
        if !side.contains(&size.width_cm) || !side.contains(&size.depth_cm) {
            return Err(Wrong::NoSize);
        }
        if !kind.capacities().contains(&size.capacity) {
            return Err(Wrong::Capacity);
        }
        let area = size.width_cm * size.depth_cm;
        match (self.area_cm2, self.urns_per_m2) {
            (Some(most), _) if area > most => Err(Wrong::TooLarge(most)),
            (_, Some(fewest)) if area * fewest > u32::from(size.capacity) * 10_000 => {
                Err(Wrong::TooSparse(fewest))
            }
            _ => Ok(()),
        }
    }
}
