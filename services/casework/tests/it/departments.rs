//! Clocks that fall due and answers of departments move a case by themselves.

use serde_json::json;
use tokio_util::sync::CancellationToken;
use yiwang_casework::{Answer, runner};
use yiwang_chassis::identity::Role;
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::world::{TOWNSHIP, World, as_caller, officer, unwrap};

/// Runs the loops of the service while `test` goes on.
async fn running(world: &World, test: impl Future<Output = ()>) {
    let token = CancellationToken::new();
    let loops = async {
        // Two replicas of each loop: nothing may happen twice.
        let (a, b, c, d) = tokio::join!(
            runner::clocks(world.rt.clone(), token.clone()),
            runner::clocks(world.rt.clone(), token.clone()),
            runner::errands(world.rt.clone(), token.clone()),
            runner::errands(world.rt.clone(), token.clone()),
        );
        [a, b, c, d].into_iter().for_each(Result::unwrap);
    };
    let test = async {
        test.await;
        token.cancel();
    };
    tokio::join!(loops, test);
}

#[tokio::test]
async fn an_answer_posts_the_notice_and_its_end_grants() {
    let world = World::new().await;
    running(&world, async {
        let case = world.submit("k1").await;
        let township = officer(Role::TownshipOfficer, TOWNSHIP);
        world
            .departments
            .answers
            .lock()
            .unwrap()
            .insert("check.request".into(), Answer::Pending);
        world
            .act(&township, &case.number, "check", json!({}))
            .await
            .unwrap();
        let done = Answer::Done(json!("R-1"));
        world
            .departments
            .answers
            .lock()
            .unwrap()
            .insert("check.request".into(), done);
        // A callback hurries the errand; a forged one is refused; a repeated one is harmless.
        for (signature, accepted) in [("bad", false), ("good", true), ("good", true)] {
            let request = pb::DeliverCallbackRequest {
                department: "check-centre".into(),
                body: format!("{}-1", case.number).into_bytes(),
                signature: signature.into(),
            };
            let sent = world
                .service
                .deliver_callback(tonic::Request::new(request))
                .await;
            assert_eq!(sent.is_ok(), accepted);
        }
        let noticed = world.until(&case.number, "notice").await;
        assert_eq!(noticed.due.unwrap().last_day, "2026-05-19");
        world.days_pass(7);
        // The seventh day is not over before midnight in Beijing.
        assert_eq!(world.until(&case.number, "notice").await.version, 3);
        world.days_pass(1);
        let granted = world.until(&case.number, "granted").await;
        assert_eq!((granted.version, granted.documents.len()), (4, 1));
        let request = pb::GetDocumentRequest {
            number: case.number.clone(),
            id: granted.documents[0].id.clone(),
        };
        let document = unwrap(
            world
                .service
                .get_document(as_caller(&township, request))
                .await,
        );
        assert_eq!(document.unwrap().text, "张三：已确认。");
    })
    .await;
}

#[tokio::test]
async fn a_department_that_does_not_answer_is_asked_again_with_the_same_key() {
    let world = World::new().await;
    running(&world, async {
        let case = world.submit("k1").await;
        let township = officer(Role::TownshipOfficer, TOWNSHIP);
        world
            .act(&township, &case.number, "check", json!({}))
            .await
            .unwrap();
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while world.departments.calls.lock().unwrap().len() < 3 {
            assert!(std::time::Instant::now() < deadline);
            tokio::task::yield_now().await;
        }
        let done = Answer::Done(json!("R-1"));
        world
            .departments
            .answers
            .lock()
            .unwrap()
            .insert("check.request".into(), done);
        world.until(&case.number, "notice").await;
        let calls = world.departments.calls.lock().unwrap();
        assert!(
            calls
                .iter()
                .all(|(key, _)| *key == format!("{}-1", case.number))
        );
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_a_withdrawn_case_is_dropped() {
    let world = World::new().await;
    running(&world, async {
        let case = world.submit("k1").await;
        let township = officer(Role::TownshipOfficer, TOWNSHIP);
        world
            .act(&township, &case.number, "check", json!({}))
            .await
            .unwrap();
        let applicant = world.citizen(crate::world::OLD_MAN);
        world
            .act(&applicant, &case.number, "withdraw", json!({}))
            .await
            .unwrap();
        let done = Answer::Done(json!("R-1"));
        world
            .departments
            .answers
            .lock()
            .unwrap()
            .insert("check.request".into(), done);
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let open: i64 =
                sqlx::query_scalar("select count(*) from casework.errand where done_at is null")
                    .fetch_one(&world.db.pool)
                    .await
                    .unwrap();
            if open == 0 {
                break;
            }
            assert!(std::time::Instant::now() < deadline);
        }
        assert_eq!(
            world.get(&applicant, &case.number).await.unwrap().state,
            "withdrawn"
        );
    })
    .await;
}
