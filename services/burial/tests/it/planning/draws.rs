//! 双随机: the hash of the seed before, the seed after, and anybody may draw again.

use yiwang_proto::burial::v1::{self as pb, planning_server::Planning};

use super::{county, key, planned};
use crate::world::{as_caller, unwrap};

#[tokio::test]
async fn a_draw_is_replayed_from_its_seed() {
    let (world, service) = planned().await;
    let inspector = |id: &str, name: &str| pb::Inspector {
        id: id.into(),
        name: name.into(),
        avoids: vec![],
    };
    let mut request = pb::PrepareDrawRequest {
        idempotency_key: key(),
        county: "421224".into(),
        title: "2026年第二季度殡葬设施检查".into(),
        pool: vec![],
        inspectors: vec![inspector("鄂L001", "赵敏")],
        wanted: 2,
        each: 2,
    };
    let prepare = async |request: &pb::PrepareDrawRequest| {
        unwrap(
            service
                .prepare_draw(as_caller(&county(), request.clone()))
                .await,
        )
    };
    assert_eq!(
        prepare(&request).await.unwrap_err().reason,
        "TOO_FEW_INSPECTORS"
    );
    request.inspectors.push(inspector("鄂L002", "钱进"));
    request.inspectors.push(inspector("鄂L003", "孙立"));
    request.idempotency_key = key();
    let prepared = prepare(&request).await.unwrap();
    assert_eq!((prepared.seed.as_str(), prepared.pool.len()), ("", 3));
    assert_eq!(prepare(&request).await.unwrap(), prepared);
    let replay = async || {
        let request = pb::ReplayDrawRequest {
            id: prepared.id.clone(),
        };
        unwrap(service.replay_draw(tonic::Request::new(request)).await)
    };
    assert_eq!(replay().await.unwrap_err().reason, "NOT_DRAWN");
    // The seed lies sealed: neither the table nor the log has it.
    let run = pb::RunDrawRequest {
        idempotency_key: key(),
        id: prepared.id.clone(),
    };
    let drawn = unwrap(service.run_draw(as_caller(&county(), run.clone())).await).unwrap();
    let again = unwrap(service.run_draw(as_caller(&county(), run)).await).unwrap();
    assert_eq!(drawn, again);
    let other = pb::RunDrawRequest {
        idempotency_key: key(),
        id: prepared.id.clone(),
    };
    let other = unwrap(service.run_draw(as_caller(&county(), other)).await).unwrap_err();
    assert_eq!(other.reason, "DRAWN");
    assert_eq!(
        (drawn.picked.len(), drawn.commitment == prepared.commitment),
        (2, true)
    );
    let seen = replay().await.unwrap();
    assert!(seen.equal && seen.seed_fits);
    assert_eq!(seen.picked, drawn.picked);
    // Somebody improves the result in the table.
    sqlx::query(
        "update burial.draw set picked = jsonb_set(picked, '{0,inspectors}', '[\"鄂L003\"]')",
    )
    .execute(&world.db.pool)
    .await
    .unwrap();
    assert!(!replay().await.unwrap().equal);
    sqlx::query("update burial.draw set seed = 'better'")
        .execute(&world.db.pool)
        .await
        .unwrap();
    assert!(!replay().await.unwrap().seed_fits);
}
