//! The closed window on Windows, the twin of SIGHUP: the console tells of it on a thread of its own, and ends the process
//! as soon as that call comes back, or after five seconds. So the call waits while the interface keeps its drafts and
//! ends by itself.

use std::io;
use std::sync::OnceLock;
use std::time::Duration;

use windows_sys::Win32::System::Console::{
    CTRL_BREAK_EVENT, CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT, SetConsoleCtrlHandler,
};
use windows_sys::core::BOOL;

/// Longer than the system waits.
const AS_LONG_AS_IT_TAKES: Duration = Duration::from_secs(30);

/// Whom to tell; the system calls a bare function, which can hold nothing.
static TOLD: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();

/// Calls `tell` when the window is closed, the user logs off, the machine is shut down, or Ctrl-Break is pressed.
///
/// # Errors
/// The system refuses.
pub fn listen(tell: impl Fn() + Send + Sync + 'static) -> io::Result<()> {
    // Only the first that listens is told: there is one interface in a process.
    let _ = TOLD.set(Box::new(tell));
    // SAFETY: the handler is a function that lives as long as the process, and 1 adds it.
    match unsafe { SetConsoleCtrlHandler(Some(on_event), 1) } {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

unsafe extern "system" fn on_event(event: u32) -> BOOL {
    let tell = || TOLD.get().map(|tell| tell());
    match event {
        CTRL_CLOSE_EVENT | CTRL_LOGOFF_EVENT | CTRL_SHUTDOWN_EVENT => {
            tell();
            std::thread::sleep(AS_LONG_AS_IT_TAKES);
            1
        }
        CTRL_BREAK_EVENT => {
            tell();
            1
        }
        // Ctrl-C is a key while the interface has the terminal.
        _ => 0,
    }
}
