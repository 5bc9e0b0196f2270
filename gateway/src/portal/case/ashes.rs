//! What graves and ashes on deposit need on the page of a case: what a renewal costs, before it is
//! asked for, and the code that the family scans to sign for themselves.

use serde_json::Value;
use yiwang_chassis::fault::Fault;
use yiwang_proto::{burial::v1::Price, casework::v1 as pb};

use crate::{
    certificates::qr::Qr,
    portal::{
        desk::Desk,
        view::{certificates::Picture, prices::amount},
    },
};

/// The act by which a family asks for longer.
pub(crate) const RENEWAL: &str = "ask_renewal";

/// Item, code of its renewal on the price list, its unit, and how much is worked out as an example.
const RENEWED: [(&str, &str, &str, [i64; 3]); 2] = [
    ("grave", "maintenance", "年", [5, 10, 20]),
    ("ashes-deposit", "ashes.deposit", "个月", [6, 12, 36]),
];

/// The act with its fee said, as the price list has it today; unchanged for all others, and when
/// the list cannot be had.
pub(super) async fn with_fee(desk: &Desk, case: &pb::Case, spec: &mut pb::ActionSpec) {
    let renewed = RENEWED.iter().find(|(item, ..)| *item == case.item);
    let Some((_, code, unit, examples)) = renewed.filter(|_| spec.code == RENEWAL) else {
        return;
    };
    let form: Value = serde_json::from_str(&case.form).unwrap_or_default();
    let facility = form["facility"].as_str().unwrap_or_default();
    let county = facility.get(..6).unwrap_or_default();
    let prices = desk.state.backends().burial_prices(county, "").await;
    let prices = prices.unwrap_or_default();
    if let Some(price) = own(&prices, code, facility) {
        spec.hint.push_str(&said(price, unit, examples));
    }
}

/// A price of its own goes before that of the county.
fn own<'a>(prices: &'a [Price], code: &str, facility: &str) -> Option<&'a Price> {
    let fits = |price: &&Price| {
        price.code == code && (price.facility.is_empty() || price.facility == facility)
    };
    let fitting = prices.iter().filter(fits);
    fitting.max_by_key(|price| price.facility.len())
}

fn said(price: &Price, unit: &str, examples: &[i64]) -> String {
    let sums = examples.iter().map(|count| {
        let fen = price.fen.saturating_mul(*count);
        match fen % 100 {
            0 => format!("{count}{unit}{}元", fen / 100),
            rest => format!("{count}{unit}{}.{rest:02}元", fen / 100),
        }
    });
    let sums: Vec<String> = sums.collect();
    format!(
        "今天的价目：{}{}。例如续{}。",
        price.title,
        amount(price),
        sums.join("，续")
    )
}

/// For the officer to show: whoever scans it signs in with their own account.
///
/// # Errors
/// The address does not fit into a code.
pub(super) fn sign_code(desk: &Desk, case: &pb::Case) -> Result<Option<Picture>, Fault> {
    let ashes = RENEWED.iter().any(|(item, ..)| *item == case.item);
    if !ashes || case.state != "signing" {
        return Ok(None);
    }
    let origin = &desk.state.config().http.public_url;
    let link = format!("{origin}/cases/{}/actions/family_sign", case.number);
    Ok(Some(Qr::of(&link)?.into()))
}

/// Where a message about a case that ends soon leads: straight to the renewal.
pub(crate) fn renewal_link(number: &str, state: &str) -> Option<(String, &'static str)> {
    let ends = ["即将到期", "已到期", "到期公告", "无人认领公告"];
    let renewed = ["MW", "JC"].iter().any(|prefix| number.starts_with(prefix));
    let link = || format!("/cases/{number}/actions/{RENEWAL}");
    (renewed && ends.contains(&state)).then(|| (link(), "去续期，看费用"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fee_is_said_with_examples_and_the_facilitys_own_price_counts() {
        let price = |facility: &str, fen| Price {
            code: "maintenance".into(),
            title: "墓位维护管理费".into(),
            unit: "年".into(),
            facility: facility.into(),
            fen,
            ..Default::default()
        };
        let all = [price("", 4_000), price("a", 6_000), price("b", 9_000)];
        let found = own(&all, "maintenance", "a").unwrap();
        assert_eq!(found.fen, 6_000);
        let words = said(found, "年", &[5, 10]);
        assert!(words.ends_with("例如续5年300元，续10年600元。"), "{words}");
        assert!(own(&all, "ashes.deposit", "a").is_none());
    }

    #[test]
    fn only_what_ends_leads_to_a_renewal() {
        let link = renewal_link("MW1", "即将到期").unwrap();
        assert_eq!(link.0, "/cases/MW1/actions/ask_renewal");
        assert!(renewal_link("MW1", "已安放").is_none());
        assert!(renewal_link("ZS1", "已到期").is_none());
    }
}
