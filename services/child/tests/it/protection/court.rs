//! Orders, suits, suggestions, and what stands in the way of the end.

use serde_json::{Value, json};

use super::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn orders_suits_and_suggestions_keep_a_case_open() {
    let desk = Desk::new().await;
    let number = desk.helping().await;
    let (first, number) = (&desk.first, number.as_str());
    let ask = json!({ "court": "竹山县人民法院", "urgent": true });
    assert_eq!(
        desk.does(first, number, "order_request", ask.clone()).await,
        "intervening"
    );
    assert_eq!(
        desk.refuses(first, number, "order_request", ask).await,
        "ORDER_WAITS"
    );
    let long = json!({ "granted": true, "paper": "竹法令1号", "until": "2026-12-12" });
    assert_eq!(
        desk.refuses(first, number, "order_result", long).await,
        "ORDER_TOO_LONG"
    );
    let six = json!({ "granted": true, "paper": "竹法令1号", "until": "2026-11-12" });
    desk.does(first, number, "order_result", six).await;

    let due = json!({ "ground": "3", "words": "半年不管" });
    desk.does(first, number, "removal_due", due.clone()).await;
    assert_eq!(
        desk.refuses(first, number, "removal_due", due).await,
        "REMOVAL_OPEN"
    );
    let bench = desk.workbench(first, number).await.unwrap();
    assert_eq!(bench.next[0], "removal_filed");
    let said = json!({ "removed": true, "civil": true, "paper": "1号" });
    assert_eq!(
        desk.refuses(first, number, "removal_result", said.clone())
            .await,
        "NO_REMOVAL"
    );
    let filed = json!({ "by": "civil", "court": "竹山县人民法院", "paper": "民特1号" });
    desk.does(first, number, "removal_filed", filed).await;

    let letter =
        json!({ "received_on": "2026-05-12", "from": "竹山县人民检察院", "paper": "检建1号" });
    desk.does(first, number, "suggestion", letter).await;
    let close = json!({ "seen": false, "safe": true, "words": "结案", "told": "无法告知" });
    let fault = desk.act(first, number, "close", close).await.unwrap_err();
    assert_eq!(fault.reason, "CHILD_NOT_SEEN");
    for why in [
        "见到儿童本人",
        "保护令",
        "撤销监护人资格",
        "检察建议",
        "帮扶计划",
        "回访期",
    ] {
        assert!(fault.message.contains(why), "{why}: {}", fault.message);
    }
    desk.does(
        first,
        number,
        "suggestion_answered",
        json!({ "paper": "竹民复1号" }),
    )
    .await;
    desk.does(first, number, "removal_result", said).await;
    let again = desk
        .refuses(
            first,
            number,
            "suggestion_answered",
            json!({ "paper": "2号" }),
        )
        .await;
    assert_eq!(again, "NO_SUGGESTION");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unfounded_report_is_closed_by_two_after_the_child_was_seen() {
    let desk = Desk::new().await;
    let number = desk.judged("low").await;
    let number = number.as_str();
    desk.does(
        &desk.centre,
        number,
        "to_assess",
        json!({ "words": "和父母在一起" }),
    )
    .await;
    let mut normal = super::assessed(0);
    normal["insufficient"] = json!(0);
    desk.does(&desk.centre, number, "assess", normal).await;
    let close = json!({ "seen": true, "safe": true, "words": "运动擦伤", "told": "电话告知" });
    desk.does(&desk.first, number, "close", close.clone()).await;
    assert_eq!(
        desk.refuses(&desk.first, number, "close", close).await,
        "PENDING"
    );
    let own = desk
        .refuses(&desk.first, number, "countersign", Value::Null)
        .await;
    assert_eq!(own, "SAME_PERSON");
    let state = desk
        .does(&desk.supervisor, number, "countersign", Value::Null)
        .await;
    assert_eq!(state, "closed");
}
