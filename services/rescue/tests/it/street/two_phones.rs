//! Two phones change the same visit: nothing is lost, and somebody chooses.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_proto::rescue::v1::{self as pb, patrols_server::Patrols as _};

use super::{Street, met};
use crate::world::{as_caller, unwrap};

fn settle(conflict: &str, version: i64, take: &str) -> pb::SettleConflictRequest {
    pb::SettleConflictRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        conflict: conflict.to_owned(),
        version,
        choices: vec![pb::FieldChoice {
            field: "said".to_owned(),
            take: take.to_owned(),
        }],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflicting_edit_keeps_both_values_and_settles() {
    let street = Street::new().await;
    street
        .one(&street.first, 7, street.row(1, (1, 0), &met("willing")))
        .await;
    // Both saw version 1 and went offline.
    let mine = street.row(1, (2, 1), &json!({ "said": "家在安康" }));
    let theirs = street.row(1, (1, 1), &json!({ "said": "家在汉阴", "health": "咳嗽" }));
    let answer = street.one(&street.first, 7, mine).await;
    assert_eq!((answer.result.as_str(), answer.version), ("stored", 2));
    let answer = street.one(&street.second, 8, theirs.clone()).await;
    assert_eq!((answer.result.as_str(), answer.version), ("conflict", 3));
    let [clash] = answer.conflicts.as_slice() else {
        panic!("{:?}", answer.conflicts)
    };
    assert_eq!(
        [
            &clash.field,
            &clash.stored_text,
            &clash.sent_text,
            &clash.sent_by
        ],
        ["said", "家在安康", "家在汉阴", "杨秀梅"]
    );
    // What nobody else changed is stored; sent again it is the same conflict.
    let again = street.one(&street.second, 8, theirs.clone()).await;
    assert_eq!(again.result, "conflict");
    assert_eq!(again.conflicts[0].conflict, clash.conflict);
    let shown = street.get(1).await;
    assert_eq!((shown.conflict_count, shown.version), (1, 3));
    let fields: Value = serde_json::from_str(&shown.fields).unwrap();
    assert_eq!(
        (&fields["said"], &fields["health"]),
        (&json!("家在安康"), &json!("咳嗽"))
    );
    let only = pb::ListEncountersRequest {
        conflict: true,
        ..Default::default()
    };
    assert_eq!(street.list(only.clone()).await.len(), 1);
    // Whoever chooses has seen what stands now.
    let blind = settle(&clash.conflict, 2, "sent");
    let blind = street
        .patrols
        .settle_conflict(as_caller(&street.first, blind))
        .await;
    assert_eq!(unwrap(blind).unwrap_err().reason, "VERSION_CHANGED");
    let none = pb::SettleConflictRequest {
        choices: Vec::new(),
        ..settle(&clash.conflict, 3, "sent")
    };
    let none = street
        .patrols
        .settle_conflict(as_caller(&street.first, none))
        .await;
    assert_eq!(unwrap(none).unwrap_err().fields[0].reason, "REQUIRED");
    let chosen = settle(&clash.conflict, 3, "sent");
    let chosen = street
        .patrols
        .settle_conflict(as_caller(&street.first, chosen))
        .await;
    let chosen = unwrap(chosen).unwrap();
    let fields: Value = serde_json::from_str(&chosen.fields).unwrap();
    assert_eq!(fields["said"], "家在汉阴");
    assert_eq!((chosen.conflict_count, chosen.version), (0, 4));
    assert!(street.list(only).await.is_empty());
    let twice = settle(&clash.conflict, 4, "stored");
    let twice = street
        .patrols
        .settle_conflict(as_caller(&street.first, twice))
        .await;
    assert_eq!(unwrap(twice).unwrap_err().reason, "CONFLICT_UNKNOWN");
    // The phone that was late sends once more: nothing comes back.
    let late = street.one(&street.second, 8, theirs).await;
    assert_eq!((late.result.as_str(), late.version), ("same", 4));
}
