//! Tasks: whose they are, who takes them, who stands by; and who else is involved.

mod involved;

use jiff::Timestamp;
use uuid::Uuid;
use yiwang_casework::testing::{as_caller, officer, unwrap};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_child::{
    domain::task::Kind,
    tasks::{self, NewTask, TaskService},
};
use yiwang_proto::child::v1::{self as pb, tasks_server::Tasks as _};

use crate::world::{CHENGGUAN, World};

const VILLAGE: &str = "420323100202";

fn worker() -> Caller {
    officer(1, "李秀英", Role::ChildWorker, VILLAGE)
}

fn neighbour() -> Caller {
    officer(2, "王桂芳", Role::ChildWorker, "420323100201")
}

fn supervisor() -> Caller {
    officer(3, "赵海燕", Role::ChildSupervisor, CHENGGUAN)
}

fn county() -> Caller {
    officer(4, "许文清", Role::ChildCounty, "420323")
}

fn task(kind: Kind, subject: &str, due_at: Timestamp) -> NewTask {
    NewTask {
        kind,
        role: Role::ChildWorker,
        division: VILLAGE.to_owned(),
        subject: subject.to_owned(),
        case_number: None,
        because: "父母或者照护人去世。".to_owned(),
        from: None,
        due_at,
    }
}

async fn raise(world: &World, task: NewTask) -> Option<Uuid> {
    let mut tx = world.db.pool.begin().await.unwrap();
    let raised = tasks::raise(&world.rt, &mut tx, task).await.unwrap();
    tx.commit().await.unwrap();
    raised
}

pub(crate) async fn list(world: &World, caller: &Caller) -> Result<pb::TaskList, Fault> {
    let service = TaskService::new(world.rt.clone());
    let request = pb::ListTasksRequest::default();
    unwrap(service.list_tasks(as_caller(caller, request)).await)
}

async fn take(world: &World, caller: &Caller, id: &str) -> Result<pb::Task, Fault> {
    let service = TaskService::new(world.rt.clone());
    let request = pb::TakeTaskRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        id: id.to_owned(),
    };
    unwrap(service.take_task(as_caller(caller, request)).await)
}

async fn finish(world: &World, caller: &Caller, id: &str, result: &str) -> Result<pb::Task, Fault> {
    let service = TaskService::new(world.rt.clone());
    let request = pb::DoneTaskRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        id: id.to_owned(),
        result: result.to_owned(),
    };
    unwrap(service.done_task(as_caller(caller, request)).await)
}

#[tokio::test]
async fn a_task_is_the_village_s_until_nobody_did_it() {
    let world = World::new().await;
    let due: Timestamp = "2026-05-13T16:00:00Z".parse().unwrap();
    let id = raise(&world, task(Kind::UrgentVisit, "a1", due))
        .await
        .unwrap();
    // Raised again: the same one.
    assert_eq!(
        raise(&world, task(Kind::UrgentVisit, "a1", due)).await,
        None
    );
    let id = id.to_string();

    let seen = list(&world, &worker()).await.unwrap();
    assert_eq!((seen.open, seen.late, seen.tasks.len()), (1, 0, 1));
    assert_eq!(seen.tasks[0].due_on, "2026-05-13");
    for other in [neighbour(), supervisor(), county()] {
        let seen = list(&world, &other).await.unwrap();
        assert_eq!((seen.open, seen.tasks.len()), (0, 0), "{}", other.name);
        assert_eq!(
            take(&world, &other, &id).await.unwrap_err().reason,
            "TASK_NOT_FOUND"
        );
    }
    let station = officer(9, "刘春生", Role::Station, "420323");
    assert_eq!(
        list(&world, &station).await.unwrap_err().reason,
        "FORBIDDEN"
    );

    assert!(take(&world, &worker(), &id).await.unwrap().mine);
    assert_eq!(tasks::pass_on(&world.rt).await.unwrap(), 0);
    world.go_to("2026-05-14T09:00:00").await;
    assert_eq!(tasks::pass_on(&world.rt).await.unwrap(), 1);
    assert_eq!(tasks::pass_on(&world.rt).await.unwrap(), 0);
    let seen = list(&world, &supervisor()).await.unwrap();
    assert_eq!((seen.open, seen.late), (1, 1));
    assert_eq!(seen.tasks[0].role, "child_supervisor");
    // Still the village's as well; the county stands by a day later.
    assert_eq!(list(&world, &worker()).await.unwrap().open, 1);
    world.go_to("2026-05-16T09:00:00").await;
    assert_eq!(tasks::pass_on(&world.rt).await.unwrap(), 1);
    let taken = take(&world, &county(), &id).await.unwrap();
    assert!(taken.mine && taken.late);

    let late = finish(&world, &worker(), &id, "已经去看过")
        .await
        .unwrap_err();
    assert_eq!(late.reason, "TASK_TAKEN");
    assert_eq!(
        finish(&world, &county(), &id, " ")
            .await
            .unwrap_err()
            .reason,
        "INVALID_INPUT"
    );
    let done = finish(&world, &county(), &id, "孩子由祖母照料")
        .await
        .unwrap();
    assert_eq!(
        (done.state.as_str(), done.result.as_str()),
        ("done", "孩子由祖母照料")
    );
    assert_eq!(
        take(&world, &county(), &id).await.unwrap_err().reason,
        "TASK_DONE"
    );
    // Done: a new one may come.
    assert!(
        raise(&world, task(Kind::UrgentVisit, "a1", due))
            .await
            .is_some()
    );
    let trail = world
        .texts("select action from chassis.audit_entry where action like 'task.%' order by id")
        .await;
    assert_eq!(
        trail,
        [
            "task.raised",
            "task.taken",
            "task.passed_on",
            "task.passed_on",
            "task.taken",
            "task.done",
            "task.raised"
        ]
    );
}

#[tokio::test]
async fn a_visit_after_coming_home_is_followed_by_the_next() {
    let world = World::new().await;
    let centre = officer(5, "田晓燕", Role::ChildCentre, "420323");
    let mut tx = world.db.pool.begin().await.unwrap();
    let home = "2026-05-12".parse().unwrap();
    tasks::revisit(&world.rt, &mut tx, "a1", CHENGGUAN, home)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let first = list(&world, &centre).await.unwrap().tasks.remove(0);
    assert_eq!(first.due_on, "2026-08-12");
    world.go_to("2026-07-01T09:00:00").await;
    finish(&world, &centre, &first.id, "孩子上学正常")
        .await
        .unwrap();
    let next = list(&world, &centre).await.unwrap().tasks.remove(0);
    assert_eq!(next.due_on, "2026-10-01");
}

#[tokio::test]
async fn a_task_to_come_is_not_shown_and_may_never_have_been() {
    let world = World::new().await;
    let due: Timestamp = "2028-06-30T16:00:00Z".parse().unwrap();
    let from: Timestamp = "2028-05-11T16:00:00Z".parse().unwrap();
    let later = NewTask {
        from: Some(from),
        ..task(Kind::Household, "ZN1", due)
    };
    raise(&world, later.clone()).await.unwrap();
    assert_eq!(list(&world, &worker()).await.unwrap().open, 0);
    let mut tx = world.db.pool.begin().await.unwrap();
    tasks::done(&world.rt, &mut tx, Kind::Household, "ZN1", "已经查明")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        world.text("select count(*)::text from child.task").await,
        "0"
    );
    raise(&world, later).await.unwrap();
    world.go_to("2028-05-12T09:00:00").await;
    assert_eq!(list(&world, &worker()).await.unwrap().open, 1);
}

#[tokio::test]
async fn pages_go_on_where_they_ended() {
    let world = World::new().await;
    let due: Timestamp = "2026-05-13T16:00:00Z".parse().unwrap();
    for nth in 0..5 {
        raise(&world, task(Kind::UrgentVisit, &format!("a{nth}"), due))
            .await
            .unwrap();
    }
    let service = TaskService::new(world.rt.clone());
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let request = pb::ListTasksRequest {
            limit: 2,
            cursor,
            ..Default::default()
        };
        let page = unwrap(service.list_tasks(as_caller(&worker(), request)).await).unwrap();
        assert_eq!(page.open, 5);
        seen.extend(page.tasks.into_iter().map(|task| task.id));
        cursor = page.next_cursor;
        if cursor.is_empty() {
            break;
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5);
}
