//! Nobody is named in logs, metrics and events, whatever people and officers did.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::Context;
use serde_json::json;
use yiwang_chassis::{
    broker::{Broker, STREAM},
    config,
};
use yiwang_e2e::{Family, SERVICES, Suite, scan, wrong_check_digit};
use yiwang_gateway::demo;

use crate::journey;

#[tokio::test]
async fn nobody_is_named_in_logs_metrics_and_events() -> anyhow::Result<()> {
    let mut suite = Suite::builder().processes().start().await?;
    let family = Family::new(1);
    let number = journey::to_the_notice(&suite, &family).await?;
    misuse(&suite, &family, &number).await?;
    let secrets = secrets(&family);
    let mut found = Vec::new();
    for service in SERVICES {
        let text = scan::metrics(suite.data(), service).await?;
        let counted = [
            "yiwang_grpc_requests_total",
            "yiwang_inbox_events_total",
            "yiwang_outbox_unpublished",
        ];
        assert!(counted.iter().any(|name| text.contains(name)), "{text}");
        found.extend(
            scan::named(&text, &secrets)
                .into_iter()
                .map(|hit| format!("{service} {hit}")),
        );
    }
    found.extend(events(&suite, &secrets).await?);
    suite.stop()?;
    let logs = scan::logs(suite.data())?;
    let sizes: Vec<_> = logs.iter().map(|(name, text)| (name, text.len())).collect();
    let talks = logs
        .iter()
        .any(|(_, text)| text.contains("Casework/Submit"));
    assert!(talks, "the services say nothing: {sizes:?}");
    for (name, text) in logs {
        found.extend(
            scan::named(&text, &secrets)
                .into_iter()
                .map(|hit| format!("{name} {hit}")),
        );
    }
    assert!(
        found.is_empty(),
        "{} places:\n{}",
        found.len(),
        found.join("\n")
    );
    Ok(())
}

/// What people get wrong: an ID number where none belongs, in every place that is logged.
async fn misuse(suite: &Suite, family: &Family, number: &str) -> anyhow::Result<()> {
    let (name, id) = (&family.applicant.0, &family.applicant.1);
    let stranger = suite.stranger();
    let officer = suite.sign_in("township").await?;
    for path in [
        format!("/api/v1/cases/{id}"),
        format!("/api/v1/worklist?number={id}"),
        format!("/api/v1/cases/{number}/documents/{id}"),
        format!("/api/v1/divisions?q={id}{name}"),
        format!("/api/v1/notices/{id}"),
        format!("/items/{id}?name={name}"),
        format!("/{name}/{id}"),
    ] {
        stranger.get(&path).await?;
        officer.get(&path).await?;
    }
    for body in [
        json!({"account": id, "password": name}),
        json!({"account": name, "password": id, "totp": id}),
    ] {
        stranger.post("/api/v1/session", &body).await?;
    }
    for bad in [id.clone(), wrong_check_digit(id)] {
        let body = json!({
            "login": bad, "password": "correct horse battery", "name": name, "id_number": bad,
            "phone": "13871234567", "extra": id,
        });
        stranger.post("/api/v1/accounts", &body).await?;
    }
    let reveal = json!({"pointer": format!("/members/{id}"), "reason": format!("核对{name}{id}")});
    officer
        .post(&format!("/api/v1/cases/{number}/reveal"), &reveal)
        .await?;
    officer
        .act_reply(number, id, &json!({"note": name}))
        .await?;
    officer
        .act_reply(
            number,
            "record_complaint",
            &json!({"text": format!("{name}{id}")}),
        )
        .await?;
    let raw = format!("{{\"name\": \"{name}\", \"id_number\": \"{id}\"");
    officer.post_raw("/api/v1/cases", raw.into_bytes()).await?;
    Ok(())
}

/// Everything that tells who somebody is.
fn secrets(family: &Family) -> Vec<String> {
    let people = [&family.applicant, &family.spouse, &family.child];
    let mut secrets: Vec<String> = people
        .iter()
        .flat_map(|(name, id)| [name.clone(), id.clone()])
        .collect();
    secrets.extend(demo::ACCOUNTS.iter().map(|account| account.name.to_owned()));
    secrets.extend(
        demo::ACCOUNTS
            .iter()
            .map(|account| account.id_number.to_owned()),
    );
    let more = [
        "13871234567",
        "13800001234",
        "6217004201234567890",
        "明清村三组",
        Suite::PASSWORD,
        demo::PASSWORD,
    ];
    secrets.extend(more.map(str::to_owned));
    secrets
}

/// Whatever is named in subjects, headers and payloads of the stream.
async fn events(suite: &Suite, secrets: &[String]) -> anyhow::Result<Vec<String>> {
    let settings = suite.data().join("config/gateway.toml");
    let settings: toml::Table = fs::read_to_string(settings)?.parse()?;
    let url = settings["nats"]["url"].as_str().context("no nats.url")?;
    let config = config::Nats {
        url: url.to_owned().into(),
        credentials: PathBuf::new(),
        replicas: 1,
        max_bytes: 256 << 20,
        max_age: Duration::from_secs(3600),
    };
    let broker = Broker::connect(&config).await?;
    let mut stream = broker.context().get_stream(STREAM).await?;
    let state = stream.info().await?.state.clone();
    assert!(state.messages > 3, "only {} events", state.messages);
    let mut found = Vec::new();
    for sequence in state.first_sequence..=state.last_sequence {
        let message = stream.get_raw_message(sequence).await?;
        let payload = String::from_utf8_lossy(&message.payload).into_owned();
        let text =
            format!("{} {:?} {payload}", message.subject, message.headers).replace('\n', " ");
        let hits = scan::named(&text, secrets);
        found.extend(
            hits.into_iter()
                .map(|hit| format!("event {sequence} {hit}")),
        );
    }
    Ok(found)
}
