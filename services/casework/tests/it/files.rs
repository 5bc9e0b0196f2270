//! Files that an act brings along.

use serde_json::{Value, json};
use yiwang_chassis::{
    clock::Clock as _,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::world::{OLD_MAN, TOWNSHIP, World, as_caller, officer, unwrap};

const PHOTO: &str = "01890000-0000-7000-8000-000000000001";

fn file(id: &str, media_type: &str) -> pb::MaterialRef {
    pb::MaterialRef {
        code: String::new(),
        file_id: id.into(),
        file_name: "老屋.jpg".into(),
        media_type: media_type.into(),
        size: 2_000,
        sha256: "ab".repeat(32),
    }
}

/// Refuses a case with a photo, of which the gateway vouches for `files`.
async fn refuse(
    world: &World,
    caller: &Caller,
    number: &str,
    photo: Value,
    files: Vec<pb::MaterialRef>,
) -> Result<pb::Case, Fault> {
    let request = pb::ActRequest {
        idempotency_key: yiwang_chassis::ids::new(world.clock.now()).to_string(),
        number: number.into(),
        action: "refuse".into(),
        data: json!({ "reasons": "老屋已经出租", "photo": photo }).to_string(),
        expected_version: 0,
        files,
    };
    unwrap(world.service.act(as_caller(caller, request)).await)
}

#[tokio::test]
async fn a_photo_of_an_act_stands_at_its_line_and_only_vouched_ones_do() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    let (number, approver) = (case.number.as_str(), officer(Role::Approver, TOWNSHIP));
    let jpeg = || vec![file(PHOTO, "image/jpeg")];
    let wrong = [
        // Somebody else's file, or none: the gateway vouches for nothing.
        (json!([PHOTO]), vec![], "FILE_UNKNOWN"),
        (
            json!([PHOTO]),
            vec![file(PHOTO, "application/pdf")],
            "NOT_A_PHOTO",
        ),
        (json!("ZP-17"), jpeg(), "WRONG_TYPE"),
        (json!([PHOTO, PHOTO]), jpeg(), "WRONG_VALUE"),
    ];
    for (photo, files, reason) in wrong {
        let fault = refuse(&world, &approver, number, photo.clone(), files).await;
        let fault = fault.unwrap_err();
        assert_eq!(
            (&*fault.fields[0].field, &*fault.fields[0].reason),
            ("/photo", reason)
        );
    }
    let citizen = world.citizen(OLD_MAN);
    // A file that is vouched for and not named does not come along.
    let other = file("01890000-0000-7000-8000-000000000002", "image/png");
    let files = vec![other, file(PHOTO, "image/jpeg")];
    let case = refuse(&world, &approver, number, json!([PHOTO]), files).await;
    let brought = case.unwrap().act_files;
    let expected = pb::ActFile {
        version: 2,
        title: "现场照片".into(),
        file: Some(file(PHOTO, "image/jpeg")),
    };
    assert_eq!(brought, std::slice::from_ref(&expected));
    let request = pb::GetCaseRequest {
        number: number.into(),
    };
    let seen = unwrap(world.service.get_case(as_caller(&citizen, request)).await).unwrap();
    assert_eq!(seen.act_files, [expected], "the applicant sees it too");
    assert!(
        seen.materials.is_empty(),
        "what the applicant handed in stays apart"
    );
}
