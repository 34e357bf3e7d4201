;;; flymake-cardlint.el --- Flymake backend for cardlint  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT OR Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: tools, languages

;;; Commentary:

;; Shows what cardlint finds in agent cards and Microsoft Graph agent registry objects while they are edited.
;;
;;   (require 'flymake-cardlint)
;;   (add-hook 'find-file-hook #'flymake-cardlint-setup)
;;
;; Needs the command `cardlint' on the PATH.

;;; Code:

(require 'flymake)
(require 'json)
(require 'subr-x)

(defgroup flymake-cardlint nil
  "Agent cards and Microsoft Graph agent registry objects."
  :group 'flymake)

(defcustom flymake-cardlint-command '("cardlint")
  "The command and options to add."
  :type '(repeat string))

(defcustom flymake-cardlint-file-regexp "\\.\\(?:json\\|jsonl\\|ndjson\\)\\'"
  "Files that may hold cards."
  :type 'regexp)

(defvar-local flymake-cardlint--process nil
  "The run that is at work.")

(defvar-local flymake-cardlint--complaint nil
  "What cardlint said last when it could not work.")

;;;###autoload
(defun flymake-cardlint-setup ()
  "Check this buffer with cardlint if its file may hold cards."
  (when (and buffer-file-name (string-match-p flymake-cardlint-file-regexp buffer-file-name))
    (add-hook 'flymake-diagnostic-functions #'flymake-cardlint nil t)
    (flymake-mode 1)))

(defun flymake-cardlint (report-fn &rest _)
  "Check the buffer and call REPORT-FN with what is found."
  (when (process-live-p flymake-cardlint--process)
    (kill-process flymake-cardlint--process))
  (let* ((buffer (current-buffer))
         (path (expand-file-name (or buffer-file-name (buffer-name))))
         (marked (flymake-cardlint--marked-p))
         (output (generate-new-buffer " *cardlint*"))
         (errors (generate-new-buffer " *cardlint errors*"))
         (command (append flymake-cardlint-command
                          (list "check" "--format" "jsonl" "--quiet" "--skip-unrecognized" "--allow-empty"
                                "--stdin-filename" path "-")))
         (process
          (condition-case nil
              (make-process
               :name "cardlint" :buffer output :stderr errors :command command
               :coding '(utf-8-unix . utf-8-unix) :connection-type 'pipe :noquery t
               :sentinel
               (lambda (process _event)
                 (unless (process-live-p process)
                   (flymake-cardlint--finish process buffer path marked report-fn errors))))
            (file-error nil))))
    (if (null process)
        (progn
          (kill-buffer output)
          (kill-buffer errors)
          (flymake-cardlint--complain (format "cannot run `%s'" (car command)))
          (funcall report-fn nil))
      (set-process-sentinel (get-buffer-process errors) #'ignore)
      (set-process-query-on-exit-flag (get-buffer-process errors) nil)
      (setq flymake-cardlint--process process)
      (condition-case nil
          (save-restriction
            (widen)
            ;; The mark is a character of the file, but not of the buffer.
            (when marked (process-send-string process "\ufeff"))
            (process-send-region process (point-min) (point-max))
            (process-send-eof process))
        ;; One that ended before it read all of it says why in its sentinel.
        (error nil)))))

(defun flymake-cardlint--marked-p ()
  "Whether the file starts with a byte order mark."
  (and buffer-file-coding-system
       (string-match-p "utf-8-with-signature" (symbol-name buffer-file-coding-system))))

(defun flymake-cardlint--finish (process buffer path marked report-fn errors)
  "Report on BUFFER to REPORT-FN what PROCESS printed about PATH.
MARKED tells whether a byte order mark was sent, ERRORS is the buffer of
standard error."
  (let ((output (process-buffer process)))
    (unwind-protect
        (when (and (buffer-live-p buffer)
                   (eq process (buffer-local-value 'flymake-cardlint--process buffer)))
          (with-current-buffer buffer
            ;; 0 and 1: checked.  All else is trouble of the tool.
            (if (memq (process-exit-status process) '(0 1))
                (progn
                  (setq flymake-cardlint--complaint nil)
                  (funcall report-fn (flymake-cardlint--diagnostics output path marked)))
              (flymake-cardlint--complain (flymake-cardlint--said errors process))
              (funcall report-fn nil))))
      (kill-buffer output)
      (kill-buffer errors))))

(defun flymake-cardlint--said (errors process)
  "What PROCESS wrote to standard error, read from ERRORS."
  (let ((pipe (get-buffer-process errors)))
    (while (and pipe (accept-process-output pipe 1))))
  (let ((said (with-current-buffer errors (string-trim (buffer-string)))))
    (if (string-empty-p said)
        (format "it ended with status %s" (process-exit-status process))
      said)))

(defun flymake-cardlint--complain (message)
  "Show MESSAGE, once and not with every key."
  (unless (equal message flymake-cardlint--complaint)
    (setq flymake-cardlint--complaint message)
    (display-warning 'cardlint message :error)))

(defun flymake-cardlint--diagnostics (output path marked)
  "What the lines of OUTPUT say about PATH in this buffer.
MARKED is as in `flymake-cardlint--finish'."
  (let ((lines (with-current-buffer output (split-string (buffer-string) "\n" t))))
    (delq nil
          (mapcar (lambda (line)
                    (let ((found (json-parse-string line :object-type 'alist :array-type 'list)))
                      (when (equal (alist-get 'path found) path)
                        (flymake-cardlint--diagnostic found marked))))
                  lines))))

(defun flymake-cardlint--diagnostic (found marked)
  "The diagnostic for FOUND, a line of the report.
MARKED is as in `flymake-cardlint--finish'."
  (let-alist found
    (let* ((start (flymake-cardlint--position .range.start marked))
           (end (flymake-cardlint--position .range.end marked))
           ;; Flymake shows nothing for an empty region.
           (end (if (> end start) end (min (1+ start) (1+ (buffer-size)))))
           (help (if (string-empty-p .help) "" (concat "\nhelp: " .help))))
      (flymake-make-diagnostic
       (current-buffer) start end
       (pcase .severity ("error" :error) ("warning" :warning) (_ :note))
       (format "%s [%s]%s" .message .rule help)))))

(defun flymake-cardlint--position (position marked)
  "The place in the buffer of POSITION, which counts lines and characters from 1.
MARKED is as in `flymake-cardlint--finish'."
  (save-restriction
    (widen)
    (save-excursion
      (let-alist position
        (goto-char (point-min))
        (forward-line (1- .line))
        (min (+ (point) (max 0 (- .column (if (and marked (= .line 1)) 2 1))))
             (line-end-position))))))

(provide 'flymake-cardlint)
;;; flymake-cardlint.el ends here
