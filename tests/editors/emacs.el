;;; -*- lexical-binding: t; -*-
;; Takes the steps of $CARDLINT_STEPS in Emacs and writes to $CARDLINT_SEEN what flymake shows after each.

(require 'json)
(require 'seq)

(defvar complaints nil)

(advice-add 'display-warning :override
            (lambda (type message &optional level &rest _)
              ;; Flymake tells here what its backends do.
              (when (eq type 'cardlint)
                (push (format "%s: %s" level message) complaints))))

(defun act (step)
  (let-alist step
    (when .command (setq flymake-cardlint-command (list .command)))
    (cond (.open (find-file .open))
          (.text (erase-buffer) (insert .text)))))

(defun came ()
  "Wait for every backend to report."
  (let ((end (+ (float-time) 60)))
    (flymake-start)
    (while (and (seq-difference (flymake-running-backends) (flymake-reporting-backends))
                (< (float-time) end))
      (accept-process-output nil 0.01))
    (< (float-time) end)))

(defun column-in-bytes (position)
  (save-excursion
    (goto-char position)
    (1+ (string-bytes (buffer-substring-no-properties (line-beginning-position) position)))))

(defun shown (found)
  (let ((start (flymake-diagnostic-beg found)))
    `((line . ,(line-number-at-pos start))
      (column . ,(column-in-bytes start))
      (text . ,(buffer-substring-no-properties start (flymake-diagnostic-end found)))
      (severity . ,(substring (symbol-name (flymake-diagnostic-type found)) 1))
      (message . ,(flymake-diagnostic-text found)))))

(defun take (step)
  (setq complaints nil)
  (act step)
  (let ((came (came)))
    `((came . ,(if came t :json-false))
      (shown . ,(vconcat (mapcar #'shown (flymake-diagnostics))))
      (complaints . ,(mapconcat #'identity (reverse complaints) "\n")))))

(let* ((steps (with-temp-buffer
                (insert-file-contents (getenv "CARDLINT_STEPS"))
                (json-parse-buffer :object-type 'alist)))
       (coding-system-for-write 'utf-8-unix)
       (seen (mapcar #'take steps)))
  (write-region (json-encode (vconcat seen)) nil (getenv "CARDLINT_SEEN")))
