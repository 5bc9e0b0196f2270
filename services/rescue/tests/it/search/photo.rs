//! The photograph of a notice: under a reference that nobody guesses, gone with the notice.

use uuid::Uuid;
use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1::{self as pb, notices_server::Notices};
use yiwang_rescue::{
    domain::search::{Photo, Public},
    search::publish::{publish, refresh, withdraw},
};

use super::{XIANNING, arrive, service};
use crate::world::{World, unwrap};

fn body(photo: Option<Photo>) -> Public {
    Public {
        sex: "male".to_owned(),
        age_from: 60,
        age_to: 70,
        height: None,
        name: String::new(),
        accent: "陕南口音".to_owned(),
        told_places: String::new(),
        marks: String::new(),
        clothes: String::new(),
        found_on: "2026-05-12".to_owned(),
        found_at: String::new(),
        reduced: false,
        photo,
    }
}

/// The reference that everybody reads.
async fn shown(world: &World) -> String {
    let service = service(world);
    let request = tonic::Request::new(pb::ListNoticesRequest::default());
    let list = unwrap(service.list_notices(request).await);
    list.unwrap().notices.remove(0).photo
}

async fn file(world: &World, reference: &str) -> Result<pb::NoticePhoto, Fault> {
    let service = service(world);
    let reference = reference.to_owned();
    let request = tonic::Request::new(pb::GetNoticePhotoRequest { reference });
    unwrap(service.get_notice_photo(request).await)
}

#[tokio::test]
async fn a_photograph_is_there_as_long_as_its_notice() {
    let world = World::new().await;
    let now = world.rt.now();
    arrive(&world.db.pool, "JZ1", XIANNING, now).await;
    let mut conn = world.db.pool.acquire().await.unwrap();
    let photo = Photo {
        file: Uuid::from_u128(77),
        sha256: "ab".repeat(32),
    };
    let with = body(Some(photo.clone()));
    publish(&mut conn, "JZ1", "421202", &with, now)
        .await
        .unwrap();
    let first = shown(&world).await;
    assert_ne!(
        first,
        photo.file.to_string(),
        "the file is not the reference"
    );
    let found = file(&world, &first).await.unwrap();
    assert_eq!(
        (found.file, found.sha256),
        (photo.file.to_string(), photo.sha256)
    );
    // The id of the file opens nothing, nor does what nobody was given.
    for other in [
        Uuid::from_u128(77).to_string(),
        String::new(),
        "x".to_owned(),
    ] {
        assert_eq!(
            file(&world, &other).await.unwrap_err().reason,
            "PHOTO_NOT_FOUND"
        );
    }
    // Renewed: another reference, and the old one is dead.
    refresh(&mut conn, "JZ1", &with, now).await.unwrap();
    let second = shown(&world).await;
    assert_ne!(first, second);
    assert!(file(&world, &first).await.is_err() && file(&world, &second).await.is_ok());
    withdraw(&mut conn, "JZ1", "刘春生", "身份已经查明", now)
        .await
        .unwrap();
    assert!(file(&world, &second).await.is_err());
    // Without one there is nothing to see.
    publish(&mut conn, "JZ1", "421202", &body(None), now)
        .await
        .unwrap();
    assert_eq!(shown(&world).await, "");
}
