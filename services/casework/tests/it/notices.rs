//! Notices: masked, public while they run, open to objection by anyone.

use serde_json::json;
use sqlx::PgPool;
use yiwang_casework::{runner, system};
use yiwang_chassis::{clock::Clock as _, fault::Code, identity::Role};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::world::{TOWNSHIP, World, officer, unwrap};

async fn posted(world: &World) -> String {
    let case = world.submit("k1").await;
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    world
        .act(&township, &case.number, "check", json!({}))
        .await
        .unwrap();
    let pool: &PgPool = &world.db.pool;
    let mut tx = pool.begin().await.unwrap();
    // The system's own action, as a reaction to an event would take it.
    let refused = system::act(
        &world.rt,
        &mut tx,
        &case.number,
        "notice_ended",
        json!({}),
        "测试",
    )
    .await;
    assert_eq!(refused.unwrap_err().reason, "WRONG_STATE");
    tx.rollback().await.unwrap();
    world.departments.answers.lock().unwrap().insert(
        "check.request".into(),
        yiwang_casework::Answer::Done(json!("R-1")),
    );
    let token = tokio_util::sync::CancellationToken::new();
    let until = async {
        world.until(&case.number, "notice").await;
        token.cancel();
    };
    let (ran, ()) = tokio::join!(runner::errands(world.rt.clone(), token.clone()), until);
    ran.unwrap();
    case.number
}

async fn list(world: &World, division: &str) -> Vec<pb::Notice> {
    let request = pb::ListNoticesRequest {
        division: division.into(),
        ..Default::default()
    };
    unwrap(
        world
            .service
            .list_notices(tonic::Request::new(request))
            .await,
    )
    .unwrap()
    .notices
}

fn objection(id: &str, content: &str) -> tonic::Request<pb::ObjectToNoticeRequest> {
    tonic::Request::new(pb::ObjectToNoticeRequest {
        idempotency_key: "o1".into(),
        notice_id: id.into(),
        content: content.into(),
        name: String::new(),
        phone: String::new(),
    })
}

#[tokio::test]
async fn a_notice_shows_the_masked_minimum_and_disappears_by_itself() {
    let world = World::new().await;
    posted(&world).await;
    let notices = list(&world, "420300").await;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].rows[0].value, "张*");
    assert!(notices[0].case_number.is_empty());
    assert!(list(&world, "421200").await.is_empty());
    world.days_pass(8);
    assert!(list(&world, "420300").await.is_empty());
    let request = tonic::Request::new(pb::GetNoticeRequest {
        id: notices[0].id.clone(),
    });
    let gone = unwrap(world.service.get_notice(request).await).unwrap_err();
    assert_eq!(gone.code, Code::NotFound);
}

#[tokio::test]
async fn an_objection_reopens_the_case_once() {
    let world = World::new().await;
    let number = posted(&world).await;
    let id = list(&world, "").await[0].id.clone();
    let short = unwrap(world.service.object_to_notice(objection(&id, "不")).await).unwrap_err();
    assert_eq!(short.fields[0].field, "/content");
    let content = "他家有一辆小汽车";
    let first = unwrap(
        world
            .service
            .object_to_notice(objection(&id, content))
            .await,
    )
    .unwrap();
    let again = unwrap(
        world
            .service
            .object_to_notice(objection(&id, content))
            .await,
    )
    .unwrap();
    assert_eq!(first, again);
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    let case = world.get(&township, &number).await.unwrap();
    assert_eq!(
        (case.state.as_str(), case.notices[0].objections),
        ("objected", 1)
    );
    assert!(list(&world, "").await.is_empty());
    let stored: Vec<u8> = sqlx::query_scalar("select body from casework.objection")
        .fetch_one(&world.db.pool)
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&stored).contains("小汽车"));
}

/// Runs the clocks while the database refuses the first `times` histories that are written, until
/// `clock` is true of the notice's clock; gives how often one was tried.
async fn busy_database(world: &World, times: i64, clock: &str) -> i64 {
    let refuse = format!(
        "create sequence public.tries;
         create function public.refuse() returns trigger language plpgsql as $$
         begin
             if nextval('public.tries') <= {times} then
                 raise exception 'busy' using errcode = '40P01';
             end if;
             return new;
         end $$;
         create trigger refuse before insert on casework.history
             for each row execute function public.refuse()"
    );
    let pool = &world.db.pool;
    sqlx::raw_sql(sqlx::AssertSqlSafe(refuse))
        .execute(pool)
        .await
        .unwrap();
    let reached = format!("select {clock} from casework.clock where name = 'notice'");
    let token = tokio_util::sync::CancellationToken::new();
    let until = async {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while !sqlx::query_scalar::<_, bool>(sqlx::AssertSqlSafe(reached.clone()))
            .fetch_one(pool)
            .await
            .unwrap()
        {
            assert!(std::time::Instant::now() < deadline, "never: {clock}");
            tokio::task::yield_now().await;
        }
        token.cancel();
    };
    let (ran, ()) = tokio::join!(runner::clocks(world.rt.clone(), token.clone()), until);
    ran.unwrap();
    sqlx::query_scalar("select last_value from public.tries")
        .fetch_one(pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_clock_that_meets_a_busy_database_is_tried_once_more_and_not_put_off() {
    let world = World::new().await;
    posted(&world).await;
    world.days_pass(30);
    let acted = "ended_at is not null and not_before is null";
    assert_eq!(busy_database(&world, 1, acted).await, 2);
}

#[tokio::test]
async fn payments_wait_for_a_clock_that_is_due_and_not_for_one_that_was_put_off() {
    let world = World::new().await;
    posted(&world).await;
    let behind = async |world: &World| {
        let mut conn = world.db.pool.acquire().await.unwrap();
        let now = world.clock.now();
        runner::behind(&mut conn, now).await.unwrap()
    };
    assert!(!behind(&world).await, "nothing is due");
    world.days_pass(30);
    assert!(behind(&world).await, "the notice is over");
    assert_eq!(busy_database(&world, 9, "not_before is not null").await, 2);
    assert!(!behind(&world).await, "it is left to people");
}
