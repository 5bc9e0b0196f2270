//! Draws steps of an application.

use axum::{http::StatusCode, response::Response};

use super::{
    owner_tag,
    work::{Work, asked_materials},
};
use crate::portal::{
    desk::Desk,
    form::{
        self, Problem, Surroundings,
        steps::{Step, StepKind},
    },
    view::{
        Section, Trouble,
        apply::{Apply, Group, Part, Slot, StepLink, Uploads},
        format,
    },
};

/// What to draw of an application.
#[derive(Default)]
pub(super) struct Show {
    /// Numbers of the steps.
    pub(super) steps: Vec<usize>,
    /// What is wrong.
    pub(super) problems: Vec<Problem>,
    /// Files not taken, with why.
    pub(super) refused: Vec<(String, String)>,
    /// What else to say.
    pub(super) told: Told,
    /// Steps to mend before submitting again, on one page.
    pub(super) mending: bool,
}

/// What to say above the form.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing.
    #[default]
    Nothing,
    /// The draft could not be saved.
    NotSaved,
    /// Another window saved a later version.
    OtherWindow,
    /// The page is from before the sign-in.
    Stale,
    /// Files were taken.
    Files,
}

impl Show {
    /// One step.
    pub(super) fn step(number: usize) -> Self {
        Self::steps(vec![number])
    }

    /// Several steps.
    pub(super) fn steps(steps: Vec<usize>) -> Self {
        Self {
            steps,
            ..Self::default()
        }
    }

    fn sentence(&self) -> &'static str {
        match self.told {
            Told::Nothing => "",
            Told::NotSaved => "暂时没有存上，填的内容还在这一页。请过一会儿再按一次。",
            Told::OtherWindow => {
                "这份草稿在别的窗口里改过。下面是您这一页填的内容；再按一次按钮，就以这一页的为准。"
            }
            Told::Stale => "页面打开得太久了，填的内容还在。请再按一次按钮。",
            Told::Files => "文件已经收下。",
        }
    }
}

/// The page.
pub(super) fn draw(desk: &Desk, work: &Work, show: Show) -> Response {
    let last = work.steps.len();
    let current = show.steps.first().copied().unwrap_or(last).clamp(1, last);
    let is_review = !show.mending && current == last;
    let status = match show.problems.is_empty() && show.refused.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (forward, forward_label) = match (show.mending, is_review) {
        (true, _) => ("submit", "改好了，再次提交"),
        (_, true) => ("submit", "提交申请"),
        _ => ("next", "下一步"),
    };
    let title = match work.step(current) {
        _ if show.mending => "改好这几处就能提交".to_owned(),
        Some(step) => step.title.clone(),
        None => work.item.title.clone(),
    };
    let groups = show.steps.iter().filter_map(|number| {
        let step = work.step(*number)?;
        Some(group(work, step, *number, &show.problems))
    });
    let wants_files = show
        .steps
        .iter()
        .filter_map(|number| work.step(*number))
        .any(|step| matches!(step.kind, StepKind::Materials));
    let chrome = desk
        .chrome()
        .titled(format!("{title} {}", work.item.title), Section::Items);
    let page = Apply {
        chrome,
        heading: title,
        told: show.sentence(),
        problems: troubles(work, &show),
        csrf: desk
            .who
            .as_ref()
            .map(|who| who.csrf.clone())
            .unwrap_or_default(),
        who: desk.who.as_ref().map(owner_tag).unwrap_or_default(),
        version: work.version,
        key: desk.fresh_key(),
        groups: groups.collect(),
        uploads: wants_files.then(|| uploads(desk, work, &show)),
        review: if is_review { review(work) } else { vec![] },
        forward,
        forward_label,
        has_previous: !show.mending && current > 1,
        saved: work.saved_at.map(format::clock_time),
        current,
        steps: links(work, current),
        item: work.item.clone(),
    };
    desk.page_with(status, &page)
}

fn group(work: &Work, step: &Step, number: usize, problems: &[Problem]) -> Group {
    let around = Surroundings {
        problems,
        ..Surroundings::default()
    };
    let intro = match step.kind {
        StepKind::Place => Some("先选受理您申请的地方，办件会直接送到那里。"),
        StepKind::Review => Some("请从头看一遍，没有错就提交。哪里不对，点“修改”。"),
        _ => None,
    };
    Group {
        number,
        title: step.title.clone(),
        intro,
        fields: form::draw(&step.fields(), &work.value, &around),
    }
}

fn troubles(work: &Work, show: &Show) -> Vec<Trouble> {
    let (files, fields): (Vec<_>, Vec<_>) = show
        .problems
        .iter()
        .cloned()
        .partition(|problem| problem.pointer.starts_with("/materials"));
    let mut troubles = Trouble::of_form(&work.form(), &fields, "");
    let file = |code: &str, message: &str| match asked_materials(&work.item)
        .any(|spec| spec.code == code)
    {
        true => Trouble::at(&format!("m-{code}"), message),
        false => Trouble::general(message),
    };
    for problem in &files {
        let code = problem.pointer.rsplit('/').next().unwrap_or_default();
        troubles.push(file(code, &problem.message));
    }
    troubles.extend(
        show.refused
            .iter()
            .map(|(code, message)| file(code, message)),
    );
    troubles
}

fn uploads(desk: &Desk, work: &Work, show: &Show) -> Uploads {
    let slot = |spec| {
        let mut slot = Slot::of(spec, &work.materials);
        let refused = show.refused.iter().find(|(code, _)| *code == slot.code);
        let missing = format!("/materials/{}", slot.code);
        let missing = show
            .problems
            .iter()
            .find(|problem| problem.pointer == missing);
        slot.error = match (refused, missing) {
            (Some((_, message)), _) => message.clone(),
            (None, Some(problem)) => problem.message.clone(),
            (None, None) => String::new(),
        };
        slot
    };
    let max_file = i64::try_from(desk.state.config().uploads.max_file).unwrap_or(i64::MAX);
    Uploads {
        max_size: format::size(max_file),
        slots: asked_materials(&work.item).map(slot).collect(),
    }
}

fn review(work: &Work) -> Vec<Part> {
    let titles = |code: &str| {
        let spec = asked_materials(&work.item).find(|spec| spec.code == code);
        spec.map_or_else(|| code.to_owned(), |spec| spec.title.clone())
    };
    let parts = work.steps.iter().enumerate().filter_map(|(index, step)| {
        let (lines, files) = match &step.kind {
            StepKind::Review => return None,
            StepKind::Materials => {
                let files = work.materials.iter();
                let files = files.map(|file| format!("{}：{}", titles(&file.code), file.file_name));
                (vec![], files.collect())
            }
            _ => (form::summarise(&step.fields(), &work.value), vec![]),
        };
        Some(Part {
            number: index + 1,
            title: step.title.clone(),
            lines,
            files,
        })
    });
    parts.collect()
}

fn links(work: &Work, current: usize) -> Vec<StepLink> {
    let link = |(index, step): (usize, &Step)| StepLink {
        number: index + 1,
        title: step.title.clone(),
        current: index + 1 == current,
        done: match step.kind {
            StepKind::Materials => !work.materials.is_empty(),
            _ => step.is_done(&work.value),
        },
    };
    work.steps.iter().enumerate().map(link).collect()
}
