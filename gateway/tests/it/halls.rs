//! What the gateway knows for the halls: clerks by their login names, messages when a hall
//! cancels.

use std::{sync::Arc, time::Duration};

use prost::Message as _;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_chassis::{
    broker::Broker,
    clock::{Clock as _, SystemClock},
    identity::{Grant, Role},
    ids,
    inbox::Consumer,
    outbox::{self, NewEvent, Relay},
    testing::{database, nats},
};
use yiwang_gateway::{account::NewStaff, messages::CaseMessages, session::SignedIn};
use yiwang_proto::marriage::v1::AppointmentChanged;

use crate::harness::{Gateway, PASSWORD, id_number};

async fn clerk(gateway: &Gateway, login: &str, serial: u16, role: Role, division: &str) -> Uuid {
    let new = NewStaff {
        login: login.to_owned(),
        password: PASSWORD.to_owned().into(),
        name: "孙丽".to_owned(),
        id_number: Some(id_number("19900315", serial)),
        grants: vec![Grant::new(role, division)],
        totp_secret: None,
    };
    gateway.state.accounts().create_staff(new).await.unwrap()
}

#[tokio::test]
async fn a_county_officer_finds_the_clerks_of_the_county_only() {
    let gateway = Gateway::start().await;
    let ours = clerk(&gateway, "counter1", 101, Role::Clerk, "421202001").await;
    clerk(&gateway, "counter2", 103, Role::Clerk, "420323").await;
    clerk(&gateway, "approver1", 105, Role::Approver, "421202").await;
    let who = |role: Role| SignedIn {
        account: Uuid::from_u128(1),
        name: "周晓梅".to_owned(),
        person: None,
        grants: vec![Grant::new(role, "421202")],
        session: Uuid::from_u128(2),
        csrf: String::new(),
    };
    let find = async |role: Role, login: &str| {
        let found = gateway.state.accounts().clerk(&who(role), login).await;
        found.unwrap().map(|one| (one.account, one.name))
    };
    let officer = Role::CountyOfficer;
    let expected = Some((ours, "孙丽".to_owned()));
    assert_eq!(find(officer, "Counter1").await, expected);
    for login in ["counter2", "approver1", "nobody", ""] {
        assert_eq!(find(officer, login).await, None, "{login}");
    }
    assert_eq!(find(Role::Approver, "counter1").await, None);
}

fn cancelled(account: Uuid, message: &str, persons: Vec<String>) -> NewEvent {
    let now = SystemClock.now();
    let changed = AppointmentChanged {
        number: "YY4212022605200000010".to_owned(),
        hall: "421202001-01".to_owned(),
        account: account.to_string(),
        message: message.to_owned(),
        persons,
        ..AppointmentChanged::default()
    };
    NewEvent {
        id: ids::new(now),
        aggregate: "appointment",
        aggregate_id: changed.number.clone(),
        event_type: "yiwang.marriage.appointment.cancelled.v1".to_owned(),
        subject: "yiwang.marriage.appointment.cancelled".to_owned(),
        occurred_at: now,
        payload: changed.encode_to_vec(),
    }
}

#[tokio::test]
async fn who_comes_is_told_when_a_hall_cancels() {
    let gateway = Gateway::start().await;
    let booked_by = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let named = gateway.citizen("li.si", &id_number("19790512", 103)).await;
    let typed = gateway
        .citizen("wang.wu", &id_number("19790612", 105))
        .await;
    gateway
        .state
        .accounts()
        .verify_identity(named)
        .await
        .unwrap();
    let persons: Vec<String> = sqlx::query_scalar("select person_key from gateway.account")
        .fetch_all(&gateway.db.pool)
        .await
        .unwrap();
    let nats = nats().await;
    let broker = async || Broker::connect(&nats.config()).await.unwrap();
    let service = database(&[yiwang_chassis::SCHEMA]).await;
    let stop = CancellationToken::new();
    let relay = Relay {
        pool: service.pool.clone(),
        broker: broker().await,
        source: "marriage",
    };
    tokio::spawn(relay.run(stop.clone()));
    let pool = gateway.db.pool.clone();
    let consumer = Consumer::new(pool, broker().await, Arc::new(CaseMessages));
    tokio::spawn(consumer.run(stop.clone()));

    let mut conn = service.pool.acquire().await.unwrap();
    // Who cancelled themselves are told nothing.
    for message in ["", "预约办不了（停电检修），已经取消。"] {
        outbox::enqueue(&mut conn, &cancelled(booked_by, message, persons.clone()))
            .await
            .unwrap();
    }
    let told = async || -> Vec<Uuid> {
        sqlx::query_scalar("select account from gateway.message order by account = $1 desc")
            .bind(booked_by)
            .fetch_all(&gateway.db.pool)
            .await
            .unwrap()
    };
    for _ in 0..300 {
        if told().await.len() >= 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // A typed ID number shows nothing.
    assert_eq!(told().await, [booked_by, named]);
    assert_ne!(named, typed);
    stop.cancel();
}
