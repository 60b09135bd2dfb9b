//! What every program has: the API, a place to write to, answers of a person, progress, and Ctrl-C.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::sync::oneshot;

use crate::interrupt::{self, Interrupt};
use crate::{Failure, Session};

/// Who answers questions.
#[derive(Debug)]
pub enum Answers {
    /// A person at the terminal.
    Terminal,
    /// Nobody: the standard input is no terminal.
    Nobody,
    /// These, one after the other; for tests.
    Given(VecDeque<String>),
}

/// What a program runs in.
pub struct Context<'a> {
    session: &'a Session,
    out: &'a mut (dyn Write + Send),
    answers: Answers,
    interrupt: Interrupt,
    progress: bool,
    /// Where a note goes that is not part of the output.
    notes: Option<io::Stderr>,
    /// The bar on the screen, which gives way to a line that is written.
    bar: RefCell<ProgressBar>,
}

impl<'a> Context<'a> {
    /// A context that asks nobody and shows no progress.
    #[must_use]
    pub fn new(session: &'a Session, out: &'a mut (dyn Write + Send)) -> Self {
        Self {
            session,
            out,
            answers: Answers::Nobody,
            interrupt: Interrupt::manual().0,
            progress: false,
            notes: None,
            bar: ProgressBar::hidden().into(),
        }
    }

    /// The same with someone who answers.
    #[must_use]
    pub fn answers(mut self, answers: Answers) -> Self {
        self.answers = answers;
        self
    }

    /// The same with a way to end early.
    #[must_use]
    pub fn interrupt(mut self, interrupt: Interrupt) -> Self {
        self.interrupt = interrupt;
        self
    }

    pub(crate) fn session(&self) -> &'a Session {
        self.session
    }

    pub(crate) fn stop(&self) -> &Interrupt {
        &self.interrupt
    }

    /// Writes a line.
    pub(crate) fn say(&mut self, line: impl fmt::Display) -> Result<(), Failure> {
        Ok(self.bar.get_mut().suspend(|| writeln!(self.out, "{line}"))?)
    }

    /// Tells the person at the terminal something that is not part of the output.
    pub(crate) fn note(&mut self, line: impl fmt::Display) {
        if let Some(notes) = &mut self.notes {
            // The standard error may be closed; there is nobody left to tell.
            let _told = writeln!(notes, "{line}");
        }
    }

    /// The first line of every program: what it is, and against what it runs.
    pub(crate) fn headline(&mut self, what: &str) -> Result<(), Failure> {
        if self.session.is_real() {
            let place = self.session.base_url();
            self.say(format_args!("{what} · {place}\n"))
        } else {
            self.say(format_args!("{what} · embedded server (set OPENAI_ADMIN_KEY to use the real API)\n"))
        }
    }

    /// Asks before something is done that lasts. The embedded server needs no question, `yes` answers it beforehand.
    pub(crate) async fn confirm(&mut self, question: &str, yes: bool) -> Result<(), Failure> {
        if yes {
            return Ok(());
        }
        let answer = match &mut self.answers {
            Answers::Nobody => {
                let why = "nothing was done: pass --yes to act without a question";
                return Err(Failure::Refused(why.to_owned()));
            }
            Answers::Given(answers) => answers.pop_front().unwrap_or_default(),
            Answers::Terminal => {
                write!(self.out, "{question} [y/N] ")?;
                self.out.flush()?;
                self.interrupt.or(read_line()).await??
            }
        };
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(Failure::Refused("nothing was done".to_owned())),
        }
    }

    /// A progress bar on the standard error, or a counter when the length is not known.
    pub(crate) fn progress(&self, length: Option<u64>) -> ProgressBar {
        if !self.progress {
            return ProgressBar::hidden();
        }
        let (bar, template) = match length {
            Some(length) => (ProgressBar::new(length), "{bar:30} {pos}/{len} {msg}"),
            None => (ProgressBar::new_spinner(), "{spinner} {pos} {msg}"),
        };
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.enable_steady_tick(Duration::from_millis(100));
        let bar = match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
        self.bar.replace(bar.clone());
        bar
    }
}

/// Reads a line from the terminal. The thread that waits for it does not keep the process when Ctrl-C ends it.
async fn read_line() -> io::Result<String> {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line);
        // Nobody waits any more after Ctrl-C.
        let _unheard = sender.send(read.map(|_| line));
    });
    receiver.await.unwrap_or_else(|_| Ok(String::new()))
}

/// Runs a program as a process does: the API of the environment, the standard output, Ctrl-C, and an exit code.
pub async fn start<A>(
    args: A,
    run: impl AsyncFnOnce(&A, &mut Context<'_>) -> Result<(), Failure>,
) -> ExitCode {
    let result = match Session::open().await {
        Ok(session) => {
            let mut out = io::stdout();
            let mut context = Context::new(&session, &mut out).interrupt(Interrupt::on_ctrl_c());
            context.progress = true;
            context.notes = Some(io::stderr());
            if io::stdin().is_terminal() {
                context.answers = Answers::Terminal;
            }
            let result = run(&args, &mut context).await;
            context.bar.get_mut().finish_and_clear();
            result
        }
        Err(failure) => Err(failure),
    };
    let Err(failure) = result else { return ExitCode::SUCCESS };
    if failure.is_broken_pipe() {
        // Whoever read the output has enough, as `head` does.
        return ExitCode::SUCCESS;
    }
    // The standard error may be closed; there is nobody left to tell.
    let _told = writeln!(io::stderr(), "error: {failure}");
    match failure {
        Failure::Interrupted => ExitCode::from(interrupt::EXIT_CODE),
        _ => ExitCode::FAILURE,
    }
}
