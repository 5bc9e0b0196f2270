//! Job refusals (民发〔2021〕57号第三十四条): three in a row cost the own share only.

use super::{
    codes::Labour,
    facts::Offer,
    form::{Form, Someone},
};

/// Refusals in a row that cost the share.
const IN_A_ROW: usize = 3;

/// Whether a person who is `able` to work loses the share: the last three
/// suitable offers were all refused. Unsuitable offers do not count either way.
#[must_use]
pub fn loses_share<'a>(offers: impl IntoIterator<Item = &'a Offer>, able: bool) -> bool {
    let mut in_a_row = 0;
    for offer in offers.into_iter().filter(|offer| offer.suitable) {
        in_a_row = if offer.accepted { 0 } else { in_a_row + 1 };
    }
    able && in_a_row >= IN_A_ROW
}

/// Able to work, fully or in part.
#[must_use]
pub fn able_to_work(one: &Someone<'_>) -> bool {
    matches!(one.about.labour, Labour::Full | Labour::Partial)
}

/// Indices of the persons who lose their share.
#[must_use]
pub fn losers(form: &Form, offers: &[Offer]) -> Vec<usize> {
    form.everybody()
        .filter(|one| {
            let Some(id) = one.id() else { return false };
            let own = offers.iter().filter(|offer| offer.id_number == id.as_str());
            loses_share(own, able_to_work(one))
        })
        .map(|one| one.index)
        .collect()
}
