#!/usr/bin/env bash
# Cuts the power under the program, again and again: nothing that was acknowledged may be missing afterwards.
#
#   tests/power-cut.sh PROGRAM [ROUNDS]        as root, on Linux; PROGRAM is the built sohoi
#
# A file with ext4 in it is mounted through a loop device. The program saves records (`add --stream`, its real syncs);
# at some moment the file system is shut down by ext4's own request (EXT4_IOC_SHUTDOWN, without flushing the log), so
# that everything the program did not sync is gone as after a power cut. Then it is mounted again and read.
set -euo pipefail
program=$(readlink -f "$1")
rounds=${2:-50}
work=$(mktemp -d)
place=$work/disk
mkdir "$place"
finish() { umount -l "$place" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
truncate -s 256M "$work/image"
mkfs.ext4 -q -F "$work/image"
mount -o loop "$work/image" "$place"

python3 - "$program" "$place" "$work/image" "$rounds" <<'PYTHON'
import fcntl, json, os, random, struct, subprocess, sys, threading, time

program, place, image, rounds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
SHUTDOWN = 0x8004587D
WITHOUT_FLUSHING = 2
data = os.path.join(place, "data")
acknowledged, number, failed = set(), 0, []
dice = random.Random(20260522)

def words(count):
    return "".join(chr(ord("A") + int(digit)) for digit in str(count))

for turn in range(1, rounds + 1):
    command = [program, "--data", data, "add", "cooperative", "--stream", "--warnings", "accept"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    ids = []
    def read():
        for line in child.stdout:
            if line.endswith("\n"):
                ids.append(line.strip())
    reader = threading.Thread(target=read)
    reader.start()
    stop = time.monotonic() + 0.3 + dice.random() * 2.0
    try:
        while time.monotonic() < stop:
            number += 1
            record = {"kind": "HTX", "name": f"HTX Thử {words(number)}", "unit": "C12472-B", "note": "ghi chú " * (number % 40)}
            child.stdin.write(json.dumps(record) + "\n")
            child.stdin.flush()
            time.sleep(dice.random() * 0.01)
    except BrokenPipeError:
        pass
    # Only what was printed before the cut counts as acknowledged: what comes later may be an answer of after it.
    seen = list(ids)
    folder = os.open(place, os.O_RDONLY)
    fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
    os.close(folder)
    child.kill()
    child.wait()
    reader.join()
    acknowledged.update(seen)
    for _ in range(50):
        if subprocess.run(["umount", place], stderr=subprocess.DEVNULL).returncode == 0:
            break
        time.sleep(0.1)
    subprocess.run(["mount", "-o", "loop", image, place], check=True)
    listed = subprocess.run([program, "--data", data, "list", "cooperative", "--format", "json"], capture_output=True, text=True)
    there = {record["id"] for record in json.loads(listed.stdout)} if listed.returncode == 0 else set()
    missing = acknowledged - there
    checked = subprocess.run([program, "--data", data, "check", "--json"], capture_output=True, text=True)
    word = "rebuilt" if "dựng lại" in listed.stderr else "opened"
    if missing or listed.returncode or checked.returncode:
        failed.append(turn)
        print(f"round {turn}: {len(missing)} of {len(acknowledged)} missing; list {listed.returncode}, check {checked.returncode}")
        print(listed.stderr.strip(), checked.stdout.strip()[:600], checked.stderr.strip()[:600])
    else:
        print(f"round {turn}: {len(seen)} acknowledged, all {len(acknowledged)} there, {word}", flush=True)

print(f"{rounds - len(failed)} of {rounds} rounds without a loss; {len(acknowledged)} records acknowledged")
sys.exit(1 if failed else 0)
PYTHON
