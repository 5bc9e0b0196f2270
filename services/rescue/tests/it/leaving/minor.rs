//! A minor never leaves alone, and reaches child protection with the form of the guardianship.

use serde_json::json;
use yiwang_proto::casework::v1 as pb;

use crate::stay_desk::{Desk, MINORS};

#[tokio::test(flavor = "multi_thread")]
async fn fifteen_years_old_is_handed_to_child_protection_under_temporary_guardianship() {
    let desk = Desk::new().await;
    let stay = desk.admitted("female", 15, MINORS).await;
    assert_eq!(desk.told("yiwang.rescue.minor.found").await, 1);
    let word = json!({ "signed": true, "things_returned": true, "ticket": "none",
                       "own_living": true });
    let alone = desk.act(&stay, "leave_own_word", word).await.unwrap_err();
    assert_eq!(alone.reason, "MINOR_ALONE");
    let mut hand = json!({
        "to": "welfare", "unit": "咸宁市未成年人救助保护中心", "receiver": "何静", "number": "GZ-11",
        "record": "YJ-15", "reasons": "暂时找不到监护人", "things_returned": true,
    });
    let formless = desk
        .act(&stay, "hand_over_person", hand.clone())
        .await
        .unwrap_err();
    assert_eq!(formless.reason, "GUARDIANSHIP_FORM");
    let fields: Vec<_> = formless.fields.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["/cause", "/care", "/decision"]);
    hand["cause"] = "wandering".into();
    hand["care"] = "protection".into();
    hand["decision"] = "咸民护〔2026〕3号".into();
    let case: pb::Case = desk.both(&stay, "hand_over_person", hand).await.unwrap();
    assert_eq!(case.state, "left");
    assert_eq!(desk.told("yiwang.rescue.minor.handed_over").await, 1);
    let paper = "select title from casework.document order by issued_at desc limit 1";
    assert_eq!(desk.world.text(paper).await, "未成年人临时监护移交书");
    let how = "select leave_type from rescue.stay";
    assert_eq!(desk.world.text(how).await, "welfare");
}
