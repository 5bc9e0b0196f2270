//! Check-in: the cards of those who stand at the counter, and what the cards do not say.

use askama::Template;
use jiff::civil::Date;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    form::Drawn,
    view::{Chrome, Trouble, format},
};

/// Check-in.
#[derive(Template)]
#[template(path = "hall/check_in.html")]
pub(crate) struct CheckInPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    /// Where the form is posted to, with hall, appointment and kind.
    pub(crate) post: String,
    /// The day of the hall, to go back to.
    pub(crate) back: String,
    pub(crate) hall: pb::Hall,
    pub(crate) label: &'static str,
    /// The appointment in words; empty for a walk-in.
    pub(crate) appointment: String,
    /// Name of the card reader; empty when no cards are read.
    pub(crate) reader: Option<String>,
    pub(crate) panels: Vec<Panel>,
    /// What is asked of both together.
    pub(crate) fields: Vec<Drawn>,
    /// Whether the next thing to do is filling in, not reading a card.
    pub(crate) fill_next: bool,
}

/// Somebody at the counter.
pub(crate) struct Panel {
    /// Property of the form.
    pub(crate) key: &'static str,
    pub(crate) title: String,
    pub(crate) card: Option<CardView>,
    /// Why no card was read, said beside the button.
    pub(crate) trouble: String,
    /// The next thing to do is reading this card.
    pub(crate) read_next: bool,
    pub(crate) fields: Vec<Drawn>,
}

/// A card as it was read.
pub(crate) struct CardView {
    /// The fields that come back with the form: name and value.
    pub(crate) carried: Vec<(String, String)>,
    pub(crate) lines: Vec<(&'static str, String)>,
    /// The card is no longer valid.
    pub(crate) expired: bool,
    /// Whether this person is on the appointment; none for a walk-in.
    pub(crate) booked: Option<bool>,
}

impl CardView {
    /// A card on the panel `key`.
    pub(crate) fn of(key: &str, card: &pb::Card, booked: Option<bool>, today: Date) -> Self {
        let carried = fields(card)
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (format!("card_{key}_{name}"), value.to_owned()));
        let until = match card.valid_to.parse::<Date>() {
            Ok(day) => format::day(day),
            Err(_) => card.valid_to.clone(),
        };
        let lines = vec![
            ("姓名", card.name.clone()),
            ("性别", sex(&card.sex).to_owned()),
            ("民族", card.nation.clone()),
            ("出生", format::iso_day(&card.birth_date)),
            ("住址", card.address.clone()),
            ("签发机关", card.authority.clone()),
            (
                "有效期限",
                format!("{}至{until}", format::iso_day(&card.valid_from)),
            ),
        ];
        Self {
            carried: carried.collect(),
            lines: lines
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect(),
            expired: card.valid_to.parse().is_ok_and(|last: Date| last < today),
            booked,
        }
    }
}

/// What a card holds, by name.
fn fields(card: &pb::Card) -> [(&'static str, &str); 9] {
    [
        ("name", &card.name),
        ("sex", &card.sex),
        ("nation", &card.nation),
        ("birth_date", &card.birth_date),
        ("address", &card.address),
        ("id_number", &card.id_number),
        ("authority", &card.authority),
        ("valid_from", &card.valid_from),
        ("valid_to", &card.valid_to),
    ]
}

/// The card that came back with the form of panel `key`; none when none was read.
pub(crate) fn carried<'a>(key: &str, text: impl Fn(&str) -> &'a str) -> Option<pb::Card> {
    let of = |name: &str| text(&format!("card_{key}_{name}")).to_owned();
    let card = pb::Card {
        name: of("name"),
        sex: of("sex"),
        nation: of("nation"),
        birth_date: of("birth_date"),
        address: of("address"),
        id_number: of("id_number"),
        authority: of("authority"),
        valid_from: of("valid_from"),
        valid_to: of("valid_to"),
    };
    (!card.id_number.is_empty()).then_some(card)
}

fn sex(code: &str) -> &str {
    match code {
        "male" | "1" => "男",
        "female" | "2" => "女",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_comes_back_with_the_form_as_it_was_read() {
        let card = pb::Card {
            name: "何山".into(),
            id_number: "420323199505121017".into(),
            valid_to: "2026-05-11".into(),
            ..Default::default()
        };
        let view = CardView::of("a", &card, Some(true), jiff::civil::date(2026, 5, 12));
        assert!(view.expired);
        let text = |name: &str| {
            let found = view.carried.iter().find(|(key, _)| key == name);
            found.map_or("", |(_, value)| value.as_str())
        };
        assert_eq!(carried("a", text), Some(card));
        assert_eq!(carried("b", text), None);
    }
}
