//! Having a child of this same program read a sled folder, because sled can panic on its own threads or loop for ever.
//!
//! The child opens the folder, reads everything in it and says so; one that is silent for too long is killed.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::fault::StoreError;
use super::sled::SledMap;

/// The hidden argument by which the program probes a sled folder: `sohoi __probe DIR`.
pub const PROBE_ARGUMENT: &str = "__probe";

/// What a child found out about a sled folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It opens, and everything in it is as it was written.
    Sound,
    /// It does not open, panics, or holds what was not written; with the child's words.
    Bad(String),
    /// The child showed no sign of life and was killed.
    Stuck,
    /// Another program has it open.
    Locked,
    /// The child could not be started (the program's file was moved or replaced); nothing is known.
    NotRun(String),
}

/// How a sled folder is probed by a child.
#[derive(Clone, Debug)]
pub struct Probe {
    program: PathBuf,
    arguments: Vec<OsString>,
    patience: Duration,
}

impl Probe {
    /// A probe by this same program, with a minute's patience for each sign of life.
    pub fn this_program() -> Probe {
        let program = std::env::current_exe().unwrap_or_default();
        Probe::new(program, [PROBE_ARGUMENT], Duration::from_secs(60))
    }

    /// A probe by another program, to which the folder is given as the last argument; for tests.
    pub fn new<A: Into<OsString>>(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = A>,
        patience: Duration,
    ) -> Probe {
        Probe {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
            patience,
        }
    }

    /// Has a child open and read the whole folder. It is killed when it is silent for longer than the patience.
    pub fn run(&self, folder: &Path) -> Verdict {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).arg(folder);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => return Verdict::NotRun(error.to_string()),
        };
        // Held open: when this program dies, the child sees its input end and goes too.
        let _input = child.stdin.take();
        let (alive, signs) = mpsc::channel();
        let (Some(output), Some(mut errors)) = (child.stdout.take(), child.stderr.take()) else {
            return Verdict::NotRun("no pipes".into());
        };
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if alive.send(line).is_err() {
                    break;
                }
            }
        });
        let words = std::thread::spawn(move || {
            let mut words = Vec::new();
            // Words that cannot be read are only missing from the log.
            let _ = errors.by_ref().take(4096).read_to_end(&mut words);
            // The rest is drained, so that the child never waits for a reader.
            let _ = std::io::copy(&mut errors, &mut std::io::sink());
            String::from_utf8_lossy(&words).trim().to_string()
        });
        let mut last = String::new();
        loop {
            match signs.recv_timeout(self.patience) {
                Ok(line) => last = line,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    put_down(&mut child);
                    return Verdict::Stuck;
                }
            }
        }
        if !ends_within(&mut child, self.patience) {
            return Verdict::Stuck;
        }
        match child.wait() {
            // The word at the end tells a probe from some other program that merely ends well.
            Ok(status) if status.success() && last == SOUND => Verdict::Sound,
            Ok(status) if status.code() == Some(LOCKED) => Verdict::Locked,
            Ok(_) => Verdict::Bad(words.join().unwrap_or_default()),
            Err(error) => Verdict::NotRun(error.to_string()),
        }
    }
}

/// The child's last word when all is well.
const SOUND: &str = "sound";

/// The child's exit code where another program has the folder.
const LOCKED: i32 = 6;

/// Waits for a child whose output has ended; kills it when it does not end.
fn ends_within(child: &mut std::process::Child, patience: Duration) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < patience {
        match child.try_wait() {
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            _ => return true,
        }
    }
    put_down(child);
    false
}

/// Ends a child; one that has just ended by itself is as good.
fn put_down(child: &mut std::process::Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Runs the probe and ends the program, where it was started as one (`sohoi __probe DIR`); else does nothing. The first
/// thing `main` calls, before anything is read or written.
pub fn probe_if_asked() {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == PROBE_ARGUMENT) {
        let folder = arguments.next().unwrap_or_default();
        std::process::exit(probe_main(Path::new(&folder)));
    }
}

/// What the child does: opens, reads everything, says so. Gives the exit code: 0 sound, 3 panic, 4 damaged, 6 in
/// use.
pub fn probe_main(folder: &Path) -> i32 {
    std::panic::set_hook(Box::new(|panic| {
        // On whichever of sled's threads: the folder is bad, and waiting for the others may take for ever.
        eprintln!("{panic}");
        std::process::exit(3);
    }));
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        // The parent is gone: nobody wants to know any more, and the files must be let go.
        std::process::exit(5);
    });
    if !folder.is_dir() {
        eprintln!("no such folder");
        return 4;
    }
    sign("opening");
    let map = match SledMap::open(folder) {
        Ok(map) => map,
        Err(StoreError::Locked { .. }) => return LOCKED,
        Err(error) => {
            eprintln!("{error}");
            return 4;
        }
    };
    sign("reading");
    let verified = map.verify(|seen| sign(&seen.to_string()));
    drop(map);
    match verified {
        Ok(()) => {
            sign(SOUND);
            0
        }
        Err(error) => {
            eprintln!("{error}");
            4
        }
    }
}

fn sign(word: &str) {
    let mut output = std::io::stdout();
    let _ = writeln!(output, "{word}").and_then(|()| output.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn shell(script: &str, patience: Duration) -> Verdict {
        Probe::new("/bin/sh", ["-c", script], patience).run(Path::new("folder"))
    }

    #[cfg(unix)]
    #[test]
    fn a_child_that_loops_for_ever_is_killed_and_one_that_shows_life_is_not() {
        let patience = Duration::from_millis(400);
        assert_eq!(shell("sleep 30", patience), Verdict::Stuck);
        assert_eq!(
            shell(
                "for n in 1 2 3 4 5 6; do echo $n; sleep 0.1; done; echo sound",
                patience
            ),
            Verdict::Sound
        );
        assert_eq!(
            shell("exec >&-; sleep 30", patience),
            Verdict::Stuck,
            "silent after closing its output"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_child_that_fails_gives_its_reason() {
        let patience = Duration::from_secs(5);
        assert_eq!(
            shell("echo a value is wrong >&2; exit 4", patience),
            Verdict::Bad("a value is wrong".into())
        );
        assert_eq!(shell("kill -9 $$", patience), Verdict::Bad(String::new()));
        assert!(
            matches!(shell("true", patience), Verdict::Bad(_)),
            "ending well without a word is not enough"
        );
        let absent = Probe::new("/no/such/program", ["x"], patience);
        assert!(matches!(absent.run(Path::new("folder")), Verdict::NotRun(_)));
    }
}
