//! Drafts keep what was typed, whatever it is, for their writer alone.

use yiwang_chassis::fault::Code;
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::world::{OLD_MAN, TOWNSHIP, World, as_caller, unwrap};

async fn save(
    world: &World,
    form: &str,
    base: i64,
) -> Result<pb::Draft, yiwang_chassis::fault::Fault> {
    let request = pb::SaveDraftRequest {
        item: "old-age".into(),
        division: TOWNSHIP.into(),
        form: form.into(),
        materials: vec![],
        base_version: base,
    };
    unwrap(
        world
            .service
            .save_draft(as_caller(&world.citizen(OLD_MAN), request))
            .await,
    )
}

#[tokio::test]
async fn a_draft_is_kept_as_typed_and_two_windows_do_not_overwrite() {
    let world = World::new().await;
    let typed = r#"{"name":"𠮷<b>'; drop table","income":"三百"}"#;
    let first = save(&world, typed, 0).await.unwrap();
    assert_eq!((first.version, first.form.as_str()), (1, typed));
    assert_eq!(
        save(&world, "{}", 0).await.unwrap_err().reason,
        "DRAFT_CHANGED"
    );
    // The same words once more are the same save, whose answer was lost.
    assert_eq!(save(&world, typed, 0).await.unwrap(), first);
    assert_eq!(save(&world, "{}", 1).await.unwrap().version, 2);
    assert_eq!(
        save(&world, typed, 0).await.unwrap_err().reason,
        "DRAFT_CHANGED"
    );
    assert_eq!(
        save(&world, "no json", 2).await.unwrap_err().code,
        Code::InvalidInput
    );
    let other = yiwang_chassis::identity::Caller {
        account: uuid::Uuid::from_u128(2),
        ..world.citizen(OLD_MAN)
    };
    let request = as_caller(
        &other,
        pb::GetDraftRequest {
            item: "old-age".into(),
        },
    );
    assert_eq!(
        unwrap(world.service.get_draft(request).await)
            .unwrap_err()
            .code,
        Code::NotFound
    );
}

#[tokio::test]
async fn submitting_takes_the_draft_away() {
    let world = World::new().await;
    save(&world, "{}", 0).await.unwrap();
    world.submit("k1").await;
    let request = as_caller(&world.citizen(OLD_MAN), pb::ListDraftsRequest {});
    let drafts = unwrap(world.service.list_drafts(request).await)
        .unwrap()
        .drafts;
    assert!(drafts.is_empty());
}
