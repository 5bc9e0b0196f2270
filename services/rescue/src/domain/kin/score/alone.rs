//! What a pair stands on. A face or a place by itself never says who somebody is (rules C5).

use super::{compare::Evidence, field::Field, model::Model, reason::Agreement};

/// Nothing else agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// Only the face.
    Face,
    /// Only places.
    Place,
}

/// What tells one person from others.
const TELLING: [Field; 4] = [Field::Name, Field::Kin, Field::IdNumber, Field::Marks];
const PLACES: [Field; 4] = [
    Field::Home,
    Field::Village,
    Field::FoundPlace,
    Field::Accent,
];

impl Alone {
    /// Whether the pair stands on nothing but a face or places: sex, age, height and time agree
    /// with thousands.
    #[must_use]
    pub fn of(evidence: &Evidence, model: &Model) -> Option<Self> {
        let weights = model.weight_array();
        let agrees = |field: &Field| {
            let nats = evidence.of(*field) * weights[*field as usize];
            matches!(Agreement::of(nats), Agreement::Strong | Agreement::Supports)
        };
        if TELLING.iter().any(agrees) {
            return None;
        }
        match (agrees(&Field::Face), PLACES.iter().any(agrees)) {
            (true, true) => None,
            (true, false) => Some(Self::Face),
            // Nothing at all agrees: no more than a place does.
            (false, _) => Some(Self::Place),
        }
    }

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Face => "face",
            Self::Place => "place",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands_on(agreeing: &[Field]) -> Option<&'static str> {
        let mut evidence = Evidence::default();
        for field in agreeing {
            evidence.0[*field as usize] = 4.0;
        }
        Alone::of(&evidence, &Model::default()).map(Alone::code)
    }

    #[test]
    fn a_face_or_places_by_themselves_are_told_from_more() {
        assert_eq!(
            stands_on(&[Field::Face, Field::Sex, Field::Age]),
            Some("face")
        );
        assert_eq!(
            stands_on(&[Field::Home, Field::Accent, Field::Height]),
            Some("place")
        );
        assert_eq!(stands_on(&[Field::Sex, Field::Loss]), Some("place"));
        assert_eq!(stands_on(&[Field::Face, Field::Home]), None);
        assert_eq!(stands_on(&[Field::Face, Field::Marks]), None);
        assert_eq!(stands_on(&[Field::Name]), None);
        // What speaks against it does not carry it.
        let mut evidence = Evidence::default();
        (
            evidence.0[Field::Face as usize],
            evidence.0[Field::Name as usize],
        ) = (5.0, -3.0);
        assert_eq!(Alone::of(&evidence, &Model::default()), Some(Alone::Face));
    }
}
