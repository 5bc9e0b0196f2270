//! First step: an uploaded file becomes sealed rows, set by set.
//!
//! The file is read on a thread of its own and handed over in sets; each set is one
//! transaction. Whoever goes on after a death reads from the beginning and leaves out as many
//! rows as are stored: the same file always gives the same rows.

use std::sync::{Arc, PoisonError};

use sqlx::{Connection as _, PgConnection};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::time;

use super::{
    check::{self, Kind, Law, check},
    columns::Layout,
    problem::Problem,
    read_csv, read_xlsx,
    source::{Failure, Source},
    store::{
        self, Batch,
        problem::{Problems, Values},
        row::Rows,
        upload::Upload,
    },
};

/// Rows of an entry at most.
const MOST_ROWS: i64 = 1_000_000;

/// Whether a reader shall go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// With the next row.
    Go,
    /// Nobody wants more.
    Stop,
}

/// Why a file cannot be taken in.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Unreadable {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

/// Rows with their problems, sealed.
#[derive(Default)]
struct Set {
    rows: Rows,
    problems: Problems,
}

/// What became of a file.
enum Outcome {
    /// Every row was handed over.
    Whole,
    /// It has to be uploaded again.
    Refused(Vec<Problem>),
    /// Nobody took the rows any more, or a service was away.
    Broken(Option<Fault>),
}

/// Reads one entry to its end.
pub(crate) async fn run(
    rt: &Arc<Runtime>,
    conn: &mut PgConnection,
    batch: &Batch,
    upload: &Upload,
    (size, token): (usize, &CancellationToken),
) -> Result<(), Fault> {
    let length = u64::try_from(upload.received).unwrap_or(0);
    let reader = Reader {
        rt: Arc::clone(rt),
        batch: batch.id,
        division: batch.division.clone(),
        entry: upload.entry,
        stored: batch.rows(upload.entry),
        size,
    };
    let source = Source::new(Arc::clone(rt), batch.id, upload.entry, length);
    let (sender, mut sets) = mpsc::channel(2);
    let xlsx = upload.format == "xlsx";
    let reading = tokio::task::spawn_blocking(move || reader.run(source, xlsx, &sender));
    loop {
        let set: Option<Set> = tokio::select! {
            () = token.cancelled() => return Ok(()),
            set = sets.recv() => set,
        };
        let Some(set) = set else { break };
        let mut tx = conn.begin().await?;
        store::lock(&mut tx, batch.id).await?;
        store::row::insert(&mut tx, batch.id, upload.entry, &set.rows).await?;
        store::problem::insert(&mut tx, batch.id, Some(upload.entry), &set.problems).await?;
        tx.commit().await?;
    }
    match reading.await.map_err(Fault::internal)? {
        Outcome::Whole => finish(conn, batch.id, upload).await,
        Outcome::Refused(problems) => refuse(rt, conn, batch.id, upload, problems).await,
        Outcome::Broken(fault) => fault.map_or(Ok(()), Err),
    }
}

/// The entry is read; with both, comparing begins.
async fn finish(conn: &mut PgConnection, batch: Uuid, upload: &Upload) -> Result<(), Fault> {
    let mut tx = conn.begin().await?;
    store::lock(&mut tx, batch).await?;
    let read = Upload {
        read: true,
        ..upload.clone()
    };
    store::upload::put(&mut tx, batch, &read).await?;
    store::set_state_of_uploads(&mut tx, batch).await?;
    store::count_problems(&mut tx, batch).await?;
    tx.commit().await?;
    let entry = upload.entry;
    tracing::info!(%batch, entry, "an entry of a batch is read");
    Ok(())
}

/// The file goes back to whoever uploaded it, with the reasons as problems of its first line.
async fn refuse(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: Uuid,
    upload: &Upload,
    found: Vec<Problem>,
) -> Result<(), Fault> {
    let mut problems = Problems::default();
    let entry = if upload.entry == 1 {
        "第一次录入"
    } else {
        "第二次录入"
    };
    for mut problem in found {
        problem.message = format!("{entry}的文件：{}", problem.message);
        problems.push(rt, batch, 1, problem, &Values::default())?;
    }
    let mut tx = conn.begin().await?;
    store::lock(&mut tx, batch).await?;
    store::row::clear(&mut tx, batch, upload.entry).await?;
    store::problem::clear(&mut tx, batch, Some(upload.entry)).await?;
    store::problem::insert(&mut tx, batch, Some(upload.entry), &problems).await?;
    store::upload::cut(&mut tx, batch, upload.entry, 0).await?;
    let again = Upload {
        received: 0,
        complete: false,
        read: false,
        ..upload.clone()
    };
    store::upload::put(&mut tx, batch, &again).await?;
    store::set_state_of_uploads(&mut tx, batch).await?;
    store::count_problems(&mut tx, batch).await?;
    tx.commit().await?;
    Ok(())
}

/// What the reading thread knows.
struct Reader {
    rt: Arc<Runtime>,
    batch: Uuid,
    division: String,
    entry: i32,
    /// Rows that were stored before.
    stored: i64,
    /// Rows in a set.
    size: usize,
}

impl Reader {
    fn run(self, source: Source, xlsx: bool, sets: &mpsc::Sender<Set>) -> Outcome {
        let failure = source.failure();
        let mut taken = Taken {
            reader: self,
            sets,
            layout: None,
            rows: 0,
            set: Set::default(),
            end: None,
        };
        let read = match xlsx {
            true => read_xlsx::read(source, |row, cells| taken.line(row, cells)),
            false => read_csv::read(source, |row, cells| taken.line(row, cells)),
        };
        if let Some(fault) = broken(&failure) {
            return Outcome::Broken(Some(fault));
        }
        if let Some(end) = taken.end {
            return end;
        }
        if let Err(Unreadable { code, message }) = read {
            return Outcome::Refused(vec![Problem::of_row(code, message)]);
        }
        if taken.rows == 0 {
            let message = "没有可读的行，请检查后重新上传。";
            return Outcome::Refused(vec![Problem::of_row("FILE_EMPTY", message)]);
        }
        match taken.hand_over() {
            Flow::Go => Outcome::Whole,
            Flow::Stop => Outcome::Broken(None),
        }
    }
}

fn broken(failure: &Failure) -> Option<Fault> {
    failure
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take()
}

/// The lines so far.
struct Taken<'a> {
    reader: Reader,
    sets: &'a mpsc::Sender<Set>,
    layout: Option<Layout>,
    rows: i64,
    set: Set,
    /// Set when reading ends before the file does.
    end: Option<Outcome>,
}

impl Taken<'_> {
    fn line(&mut self, row: i64, cells: Vec<String>) -> Flow {
        let Some(layout) = &self.layout else {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                return Flow::Go;
            }
            return match Layout::read(&cells) {
                Ok(layout) => {
                    self.layout = Some(layout);
                    Flow::Go
                }
                Err(problems) => self.stop(Outcome::Refused(problems)),
            };
        };
        let Some(typed) = layout.entry(cells) else {
            return Flow::Go;
        };
        self.rows += 1;
        if self.rows > MOST_ROWS {
            let message = format!("一个文件最多{MOST_ROWS}行，请分成几批。");
            let problem = Problem::of_row("FILE_TOO_LARGE", message);
            return self.stop(Outcome::Refused(vec![problem]));
        }
        if self.rows <= self.reader.stored {
            return Flow::Go;
        }
        let reader = &self.reader;
        let normal = typed.normalised();
        let divorce = check::kind(&normal) == Some(Kind::Divorce);
        let place = (reader.batch, reader.entry, row);
        let mut kept = self
            .set
            .rows
            .push(&reader.rt, place, &typed, &normal, divorce);
        // Equal rows have equal problems: the second entry is looked at where it differs.
        if reader.entry == 1 {
            let law = Law {
                rules: &reader.rt.rules,
                division: &reader.division,
                today: time::beijing_date(reader.rt.now()),
            };
            for problem in check(&normal, &law) {
                let first = problem.value(Some(&typed)).to_owned();
                let second = String::new();
                let values = Values { first, second };
                let problems = &mut self.set.problems;
                kept = kept
                    .and_then(|()| problems.push(&reader.rt, reader.batch, row, problem, &values));
            }
        }
        if let Err(fault) = kept {
            return self.stop(Outcome::Broken(Some(fault)));
        }
        match self.set.rows.numbers.len() < self.reader.size {
            true => Flow::Go,
            false => self.hand_over(),
        }
    }

    fn hand_over(&mut self) -> Flow {
        let set = std::mem::take(&mut self.set);
        if set.rows.numbers.is_empty() || self.sets.blocking_send(set).is_ok() {
            return Flow::Go;
        }
        self.stop(Outcome::Broken(None))
    }

    fn stop(&mut self, end: Outcome) -> Flow {
        self.end = Some(end);
        Flow::Stop
    }
}
