//! Where an urn is, and where it may go from there. There is no "nowhere" to go to.
//!
//! ```text
//! in_hall ◄──► with_family        in_hall ◄──► in_plot ──► with_family
//!    └────────► scattered ◄────────────┘ (final)
//! ```

use uuid::Uuid;

use super::SpotKind;

yiwang_casework::code_list! {
    /// The four places an urn can be (rules B5.3).
    Disposition {
        InHall = "in_hall", "寄存在馆";
        WithFamily = "with_family", "由家属保管";
        InPlot = "in_plot", "已安放（葬）";
        Scattered = "scattered", "已撒散，不保留骨灰";
    }
}

/// Where an urn is, with who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// On deposit in a hall.
    InHall {
        /// Facility.
        facility: String,
    },
    /// Handed to the family, who signed.
    WithFamily,
    /// In a niche, plot or ecological place.
    InPlot {
        /// Facility.
        facility: String,
        /// Which place.
        spot: Uuid,
    },
    /// Scattered before a witness, on land or sea.
    Scattered,
}

/// Why an urn does not go there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrnError {
    /// No urn has this number.
    #[error("unknown urn")]
    Unknown,
    /// It cannot go there from where it is.
    #[error("the urn is elsewhere")]
    Elsewhere,
}

impl UrnError {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "URN_UNKNOWN",
            Self::Elsewhere => "URN_ELSEWHERE",
        }
    }

    /// What to do.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Unknown => "没有这个骨灰编号，请核对骨灰盒上的标签。",
            Self::Elsewhere => "骨灰现在不在可以办理这一步的地方，请先查骨灰去向，核对编号和单位。",
        }
    }
}

impl Whereabouts {
    /// Which of the four.
    #[must_use]
    pub fn disposition(&self) -> Disposition {
        match self {
            Self::InHall { .. } => Disposition::InHall,
            Self::WithFamily => Disposition::WithFamily,
            Self::InPlot { .. } => Disposition::InPlot,
            Self::Scattered => Disposition::Scattered,
        }
    }

    /// The facility that answers for it.
    #[must_use]
    pub fn facility(&self) -> Option<&str> {
        match self {
            Self::InHall { facility } | Self::InPlot { facility, .. } => Some(facility),
            Self::WithFamily | Self::Scattered => None,
        }
    }

    /// The place it lies in.
    #[must_use]
    pub fn spot(&self) -> Option<Uuid> {
        match self {
            Self::InPlot { spot, .. } => Some(*spot),
            _ => None,
        }
    }

    /// Goes to `to`.
    ///
    /// # Errors
    /// `Elsewhere`: it is there already, was scattered, or lies in another place and must be
    /// taken out of it first.
    pub fn go(&self, to: Self) -> Result<Self, UrnError> {
        let allowed = match (self, &to) {
            (Self::Scattered, _) | (Self::InPlot { .. }, Self::InPlot { .. } | Self::Scattered) => {
                false
            }
            (from, to) => from != to,
        };
        if allowed {
            Ok(to)
        } else {
            Err(UrnError::Elsewhere)
        }
    }

    /// Where a place of this kind takes it.
    #[must_use]
    pub fn placed(kind: SpotKind, facility: &str, spot: Uuid) -> Self {
        if kind.scatters() {
            Self::Scattered
        } else {
            Self::InPlot {
                facility: facility.to_owned(),
                spot,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hall(facility: &str) -> Whereabouts {
        Whereabouts::InHall {
            facility: facility.to_owned(),
        }
    }

    #[test]
    fn what_was_scattered_stays_so_and_nothing_goes_where_it_is() {
        let plot = Whereabouts::placed(SpotKind::Tree, "a", Uuid::nil());
        for to in [hall("a"), Whereabouts::WithFamily, plot.clone()] {
            assert_eq!(
                Whereabouts::Scattered.go(to.clone()),
                Err(UrnError::Elsewhere)
            );
            assert_eq!(to.go(to.clone()), Err(UrnError::Elsewhere));
        }
        assert_eq!(hall("a").go(hall("b")), Ok(hall("b")));
        assert_eq!(plot.go(Whereabouts::Scattered), Err(UrnError::Elsewhere));
        assert_eq!(
            plot.go(Whereabouts::WithFamily),
            Ok(Whereabouts::WithFamily)
        );
        let sea = Whereabouts::placed(SpotKind::Sea, "a", Uuid::nil());
        assert_eq!(hall("a").go(sea), Ok(Whereabouts::Scattered));
    }
}
