//! A price given as a range is fixed at the desk within it; the database has the last word.

use serde_json::json;

use super::{bill, cremated, priced, settle};

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_fixes_the_price_of_an_urn_within_the_list() {
    let (house, prices) = priced().await;
    let (number, family) = cremated(&house).await;
    let urn = |yuan: &str| json!({ "extra": [{ "code": "urn", "hundredths": 100, "yuan": yuan }] });
    for (yuan, reason) in [
        ("", "PRICE_NOT_FIXED"),
        ("99.99", "PRICE_OUTSIDE_RANGE"),
        ("3000.01", "PRICE_OUTSIDE_RANGE"),
        ("一百", "AMOUNT"),
    ] {
        let refused = settle(&house, &number, urn(yuan)).await.unwrap_err();
        assert_eq!(refused.reason, reason, "{yuan}");
    }
    // A fixed price is not agreed upon.
    let flat = json!({ "extra": [{ "code": "makeup", "hundredths": 100, "yuan": "150.00" }] });
    let refused = settle(&house, &number, flat).await.unwrap_err();
    assert_eq!(refused.reason, "PRICE_OUTSIDE_RANGE");
    settle(&house, &number, urn("680.00")).await.unwrap();
    let shown = bill(&prices, &family, &number).await.unwrap();
    let line = shown.lines.iter().find(|line| line.code == "urn").unwrap();
    assert_eq!((line.unit_fen, line.charged_fen), (68_000, 68_000));
    // Not even by hand.
    let forged = sqlx::query(
        "insert into burial.bill_line (bill, line, code, division, valid_from, quantity, fen,
                                       charged_fen, waived_fen, subsidised_fen, unit_fen)
         select bill, 99, code, division, valid_from, 1, 500000, 500000, 0, 0, 500000
           from burial.bill_line where code = 'urn'",
    )
    .execute(&house.world.db.pool)
    .await
    .unwrap_err();
    let constraint = forged
        .as_database_error()
        .and_then(|error| error.constraint());
    assert_eq!(constraint, Some("bill_line_price"));
}
