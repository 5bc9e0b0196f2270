//! A handler that writes down what it is given, and fails on request.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use sqlx::PgConnection;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming, Tuning};

/// What the recorder does with an event of a certain payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Reject,
    Panic,
    /// Fails this many times.
    Retry(u32),
}

/// Writes every event it handles into `public.effect`.
pub(crate) struct Recorder {
    name: &'static str,
    only: Option<&'static str>,
    moods: Mutex<HashMap<String, Mood>>,
}

impl Recorder {
    pub(crate) fn new(name: &'static str) -> Arc<Self> {
        Arc::new(Self {
            name,
            only: None,
            moods: Mutex::default(),
        })
    }

    pub(crate) fn only(name: &'static str, event_type: &'static str) -> Arc<Self> {
        Arc::new(Self {
            name,
            only: Some(event_type),
            moods: Mutex::default(),
        })
    }

    pub(crate) fn set_mood(&self, payload: &str, mood: Option<Mood>) {
        let mut moods = self.moods.lock().unwrap();
        match mood {
            Some(mood) => moods.insert(payload.to_owned(), mood),
            None => moods.remove(payload),
        };
    }

    fn mood_for(&self, payload: &str) -> Option<Mood> {
        let mut moods = self.moods.lock().unwrap();
        let mood = moods.get(payload).copied();
        if let Some(Mood::Retry(left)) = mood {
            match left {
                0 => return moods.remove(payload).and(None),
                left => moods.insert(payload.to_owned(), Mood::Retry(left - 1)),
            };
        }
        mood
    }
}

#[tonic::async_trait]
impl Handler for Recorder {
    fn name(&self) -> &'static str {
        self.name
    }

    fn wants(&self, event_type: &str) -> bool {
        self.only.is_none_or(|only| only == event_type)
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        // First the effect, so that a failure must undo it.
        sqlx::query(
            "insert into public.effect
                 (consumer, event_id, source, aggregate_id, version, payload)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(self.name)
        .bind(event.id)
        .bind(&event.source)
        .bind(&event.aggregate_id)
        .bind(event.version)
        .bind(&event.payload)
        .execute(conn)
        .await?;
        let payload = String::from_utf8_lossy(&event.payload);
        match self.mood_for(&payload) {
            None => Ok(()),
            Some(Mood::Reject) => Err(HandlerError::Reject(anyhow::anyhow!("not acceptable"))),
            Some(Mood::Retry(_)) => Err(HandlerError::Retry(anyhow::anyhow!("not now"))),
            Some(Mood::Panic) => panic!("the handler is asked to panic"),
        }
    }
}

/// Retries without the patience of production.
pub(crate) fn impatient() -> Tuning {
    Tuning {
        pauses: vec![Duration::from_millis(50)],
        ack_wait: Duration::from_secs(2),
        watch_every: Duration::from_millis(500),
        ..Tuning::default()
    }
}
