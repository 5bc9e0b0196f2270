//! What stands in the history, and what the applicant reads.

use super::Reason;
use crate::one_thing::{
    definition::{Act, Definition, Step, Undo, When},
    form,
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    Accepted,
    /// The step's act begins for the first time.
    Started,
    /// Its owner has it.
    Waits,
    Done,
    NotNeeded,
    /// Not done; an officer looks after it.
    Stuck(Reason),
    Retried,
    /// Sent back to the applicant, with the fields of the form.
    Returned(Reason, Vec<String>),
    /// The applicant has corrected these fields.
    Corrected(Vec<String>),
    /// Asked for anew with the corrected form.
    Resent,
    Skipped(Reason),
    /// Given up while it was being taken back.
    NotRestored(Reason),
    Cancelled,
    /// Its clock ran out.
    Overdue,
    /// It is being taken back.
    TakenBack,
    Undone,
    /// It could not be taken back; an officer looks after it.
    UndoStuck(Reason),
    /// The owner was lost; another one goes on.
    Recovered,
    Withdrawn,
    /// The applicant wanted it back after a pivot.
    TooLate,
    Aborted(Reason),
    Void,
    Finished,
    PartlyFailed,
}

impl Event {
    /// Stable name in rows.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Started => "started",
            Self::Waits => "waits",
            Self::Done => "done",
            Self::NotNeeded => "not_needed",
            Self::Stuck(_) => "stuck",
            Self::Retried => "retried",
            Self::Returned(..) => "returned",
            Self::Corrected(_) => "corrected",
            Self::Resent => "resent",
            Self::Skipped(_) => "skipped",
            Self::NotRestored(_) => "not_restored",
            Self::Cancelled => "cancelled",
            Self::Overdue => "overdue",
            Self::TakenBack => "taken_back",
            Self::Undone => "undone",
            Self::UndoStuck(_) => "undo_stuck",
            Self::Recovered => "recovered",
            Self::Withdrawn => "withdrawn",
            Self::TooLate => "too_late",
            Self::Aborted(_) => "aborted",
            Self::Void => "void",
            Self::Finished => "finished",
            Self::PartlyFailed => "partly_failed",
        }
    }

    /// Whether the applicant's inbox hears of it: what ends, what is needed, what went wrong.
    pub(crate) fn is_message(&self) -> bool {
        !matches!(
            self,
            Self::Started
                | Self::NotNeeded
                | Self::Cancelled
                | Self::Recovered
                | Self::Retried
                | Self::Resent
        )
    }

    /// The sentence of the history.
    pub(crate) fn words(&self, definition: &Definition, index: Option<usize>) -> String {
        match index {
            Some(index) => self.of_step(definition, &definition.steps[index]),
            None => self.of_whole(definition),
        }
    }

    fn of_whole(&self, definition: &Definition) -> String {
        let title = definition.title;
        match self {
            Self::Accepted => format!("“{title}”已受理，各部门同时办理。"),
            Self::Withdrawn => format!("您撤回了“{title}”，还没有办的不再办理。"),
            Self::TooLate => format!(
                "现在不能撤回了：{}已经开始，其他事项照常办理。",
                definition.no_way_back()
            ),
            Self::Aborted(reason) => format!("“{title}”已终止。原因：{}", reason.text),
            Self::Void => {
                let ground = definition.void_when.map_or("", |ground| ground.words);
                format!("{ground}，“{title}”中已办的正在恢复。")
            }
            Self::Corrected(fields) => {
                let titles = form::titles(definition, fields);
                format!("申请表已经更正：{titles}。")
            }
            Self::Finished => format!("“{title}”已全部办结。"),
            Self::PartlyFailed => {
                format!("“{title}”已办结，其中有事项没有办成，原因见各事项的说明。")
            }
            other => other.code().to_owned(),
        }
    }

    fn of_step(&self, definition: &Definition, step: &Step) -> String {
        let (title, owner) = (step.title, step.owner);
        match self {
            Self::Started => format!("{title}：开始办理。"),
            Self::Waits => match (step.act, step.undo) {
                (Act::Applicant(ask), _) => format!("{title}：需要您办。{}", ask.words),
                (Act::Officer(asks), _) => format!("{title}：等工作人员办理。{asks}"),
                (Act::Days(days), _) => format!("{title}：满{days}天后继续。"),
                (Act::Fact(_), _) => format!("{title}：等待{owner}的结果，不需要您跑腿。"),
                _ => format!("{title}：{owner}已经收到，正在办理。"),
            },
            Self::Done => format!("{title}：已办结。"),
            Self::NotNeeded => match step.when {
                When::TickedAndKnown(..) => {
                    format!("{title}：您没有选，或者不符合条件，不办理。")
                }
                When::Known(_) => {
                    format!("{title}：没有查到，不用办。如果有，请告诉民政窗口。")
                }
                _ => format!("{title}：不需要办理。"),
            },
            Self::Stuck(reason) => format!(
                "{title}：{owner}没有办成，原因：{}工作人员会处理，其他事项照常办理。",
                ended(&reason.text)
            ),
            Self::Retried => format!("{title}：工作人员已经安排重新办理。"),
            Self::Returned(reason, fields) => format!(
                "{title}：申请表要更正，请一次改好：{}。原因：{}改好以后马上重新办理。",
                form::titles(definition, fields),
                ended(&reason.text)
            ),
            Self::Resent => format!("{title}：已经按更正后的申请表重新送办。"),
            Self::Skipped(reason) => {
                format!("{title}：不再办理，原因：{}", ended(&reason.text))
            }
            Self::NotRestored(reason) => {
                format!("{title}：没有恢复，原因：{}", ended(&reason.text))
            }
            Self::Cancelled => format!("{title}：没有开始，不再办理。"),
            Self::Overdue => format!("{title}：{owner}超过了时限，工作人员会去问。"),
            Self::TakenBack => match step.undo {
                Undo::Officer(_) => format!("{title}：正在撤回，由工作人员办理。"),
                _ => format!("{title}：正在恢复原状。"),
            },
            Self::Undone => format!("{title}：已恢复原状。"),
            Self::UndoStuck(reason) => format!(
                "{title}：不能自动恢复，工作人员会联系您。原因：{}",
                ended(&reason.text)
            ),
            Self::Recovered => format!("{title}：系统恢复后继续办理。"),
            other => other.code().to_owned(),
        }
    }
}

/// The sentence with its full stop.
fn ended(text: &str) -> String {
    let text = text.trim();
    match text.ends_with(['。', '！', '？']) {
        true => text.to_owned(),
        false => format!("{text}。"),
    }
}
